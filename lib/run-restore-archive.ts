import 'server-only';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { AppError } from './errors';
import type { BackupContentsEntry, BackupFormat, BackupOptions, BackupSource } from './job-types';
import { requireSpace } from './jobs/backup-files';
import { hashOf, type Kept, openBackup } from './jobs/backup-places';
import { decompressed } from './jobs/compress';
import { unpackDirectory } from './jobs/directory-tar';
import { decrypted } from './jobs/encrypt';
import type { JobRun } from './jobs/job-run';
import { makeWorkFolder, removeWorkFolder } from './jobs/work-folders';
import type { ArchiveInput } from './postgres/client-process';
import { findClientTools } from './postgres/client-tools';
import { type ClientTools, chooseTools, versionText } from './postgres/client-version';
import type { Endpoint } from './postgres/connection';
import { createDatabase, dropDatabase } from './postgres/new-database';
import { listArchive, type Restore, removeUseLists, restoreArchive } from './postgres/restore';
import { restoreScript } from './postgres/script-restore';
import { openTarget, type Target, withClient } from './postgres/target';
import { withJobConnection } from './postgres/terminate';
import { unfinishedName } from './postgres/unfinished-database';
import { requireWhole } from './run-backup';
import { damaged, openKept } from './run-backup-file';
import { endBackendsOf, endpointToSweep } from './run-jobs';
import type { Actor } from './server';
import { findBackup } from './store/backups';
import type { JobRow } from './store/schema';
import type { BackupRow } from './store/schema-backups';
import { findServer } from './store/servers';

/** Shares of a job: the checksum first, what follows the restore last, pg_restore between. */
const hashShare = 0.1;
export const restoredShare = 0.8;

/** What a restore needs, found before anything is begun. */
export type RestorePlan = { tools: ClientTools; serverVersion: number };

/** Finds the client tools that read a backup and know the server. Throws AppError `conflict` where there are none. */
export async function planRestore(run: JobRun, backup: BackupRow, target: Target): Promise<RestorePlan> {
  const serverVersion = await onJobConnection(run, target.endpoint(), readVersion);
  requireAsNew(serverVersion, backup.source, target.server.slug);
  const madeByMajor = Number(backup.source?.tool_version.split('.')[0] ?? 0);
  const tools = chooseTools(await findClientTools(), Math.max(majorOf(serverVersion), madeByMajor));
  run.log(`howdah: pg_restore ${versionText(tools)} in ${tools.folder}`);
  return { tools, serverVersion };
}

/** The major version in a server_version_num. */
export function majorOf(serverVersion: number): number {
  return Math.floor(serverVersion / 10_000);
}

/** The server_version_num of the server that is connected to. */
export async function readVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: string }>(
    "select pg_catalog.current_setting('server_version_num') as version",
  );
  return Number(rows[0]?.version);
}

/** Throws AppError `conflict` where a server is of an older major version than the one that was backed up. */
export function requireAsNew(serverVersion: number, source: BackupSource | null, slug: string): void {
  const [major, wanted] = [majorOf(serverVersion), majorOf(source?.server_version ?? 0)];
  if (major >= wanted) return;
  throw new AppError(
    'conflict',
    `The server ${slug} runs PostgreSQL ${major}, and this is a backup of PostgreSQL ${wanted}.`,
    { hint: 'An older PostgreSQL may not know what is in it. Choose a server that is as new.' },
  );
}

/** Throws AppError `conflict` when a backup's file is not what was written. */
async function checkFile(run: JobRun, backup: BackupRow): Promise<void> {
  run.report({ activity: "Checking the file's SHA-256", progress: 0 });
  const total = Math.max(1, Number(backup.size_bytes));
  const file = await openKept(backup);
  try {
    const onBytes = (bytes: number) => run.report({ progress: (hashShare * bytes) / total });
    if ((await hashOf(file.read(run.signal), run.signal, onBytes)) !== backup.sha256) throw damaged();
  } finally {
    await file.close();
  }
}

/** The table of contents of a backup, for one who picks from it. Throws AppError `conflict` for a script. */
export async function readBackupContents(actor: Actor, id: string): Promise<BackupContentsEntry[]> {
  const backup = await findBackup(actor, id);
  const server = await findServer(actor, backup.server);
  openTarget(actor, server, server.defaultDatabase, 'owner');
  requireWhole(backup);
  if (backup.format === 'plain') {
    throw new AppError('conflict', 'A script has no table of contents.', { hint: 'It is restored whole.' });
  }
  const tools = chooseTools(await findClientTools(), Number(backup.source?.tool_version.split('.')[0] ?? 0));
  const signal = AbortSignal.timeout(listingMs);
  const kept = { ...backup, options: backup };
  const entries = await withArchive({ kept, signal, run: null }, (archive) =>
    listArchive({ tools, ...archive, jobId: id, signal, onMessage: () => undefined }),
  );
  return entries.map(({ id: entry, line }) => ({ id: entry, text: line.replace(/^\d+; \d+ \d+ /, '') }));
}

type KeptArchive = Kept & { format: BackupFormat; options: Pick<BackupOptions, 'encrypt' | 'jobs'> };
type Opening = { kept: KeptArchive; signal: AbortSignal; run: JobRun | null };
type Archive = Pick<Restore, 'openArchive' | 'directory'>;

/** Runs `work` on an archive: read from where it lies, or unpacked into a folder that goes away after it. */
async function withArchive<T>(opening: Opening, work: (archive: Archive) => Promise<T>): Promise<T> {
  const { kept, signal } = opening;
  if (kept.format !== 'directory') {
    return work({ openArchive: () => openArchive(kept, signal), directory: null });
  }
  const folder = await unpack(opening);
  try {
    return await work({ openArchive: async () => null, directory: { folder, jobs: kept.options.jobs } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Unpacks all for a job; the table of contents alone where there is none. */
async function unpack({ kept, signal, run }: Opening): Promise<string> {
  const file = await openBackup(kept);
  try {
    if (run !== null) await requireSpace(file.bytes, 'the folder that this backup is unpacked into');
    const folder = run === null ? await makeListingFolder() : await makeWorkFolder(run.job.id);
    await unpackDirectory(plainChunks(kept, file.read(signal)), folder, { isListing: run === null }).catch(
      async (error) => {
        await rm(folder, { recursive: true, force: true });
        throw error;
      },
    );
    return folder;
  } finally {
    await file.close();
  }
}

function makeListingFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'howdah-contents-'));
}

/** An archive to be read from its start: the file itself, or a stream of what it holds. */
async function openArchive(kept: KeptArchive, signal: AbortSignal): Promise<ArchiveInput> {
  const file = await openBackup(kept);
  if (file.handle !== null && !kept.options.encrypt) return file.handle;
  const stream = Readable.from(plainChunks(kept, file.read(signal)), { objectMode: false });
  stream.once('close', () => void file.close());
  return stream;
}

function plainChunks(
  { options }: Pick<KeptArchive, 'options'>,
  chunks: AsyncIterable<Buffer>,
): AsyncIterable<Buffer> {
  return options.encrypt ? decrypted(chunks) : chunks;
}

/** How long reading a table of contents may take, in milliseconds. */
const listingMs = 30_000;

export type Restored = {
  /** The database that was filled, as the owner, under the name that nobody else lists. */
  endpoint: Endpoint;
  missingRoles: string[];
  /** What could not be done, and of that the privileges that PostgreSQL refused. */
  problems: string[];
  refused: string[];
};

/**
 * Restores a backup into a new database under its unfinished name, once its file is seen to be what was written. Whoever
 * asks publishes or drops it. Throws AppError: `conflict`, `invalid`, `not_found` or `query_failed` for what is wrong with
 * the backup, `unreachable` for what the server could not do, `forbidden` where no key opens it.
 */
export async function restoreUnderOtherName(
  run: JobRun,
  backup: BackupRow,
  { target, plan }: { target: Target; plan: RestorePlan },
): Promise<Restored> {
  const endpoint = { ...target.endpoint(), database: unfinishedName(run.job.id) };
  const localeProblem = await checkAndPrepare(run, backup, target);
  if (backup.format === 'plain') {
    await restorePlain(run, backup, endpoint);
    const problems = localeProblem === null ? [] : [localeProblem];
    return { endpoint, missingRoles: [], problems, refused: [] };
  }
  if (backup.format === 'directory') run.report({ activity: 'Unpacking the file' });
  const opening = { kept: backup, signal: run.signal, run };
  const { missingRoles, problems } = await withArchive(opening, (archive) =>
    restoreArchive({
      endpoint,
      ...archive,
      tools: plan.tools,
      serverMajor: majorOf(plan.serverVersion),
      ownRoles: ownRoles(target),
      picked: pickedIn(run.job),
      jobId: run.job.id,
      signal: run.signal,
      onMessage: run.log,
      onProgress: (activity, part) =>
        run.report({ activity, progress: hashShare + (restoredShare - hashShare) * part }),
    }),
  );
  return {
    endpoint,
    missingRoles,
    problems: localeProblem === null ? problems : [localeProblem, ...problems],
    refused: problems,
  };
}

/** Checks the file, and makes the database meanwhile. Answers what of its locale is not to be had. */
async function checkAndPrepare(run: JobRun, backup: BackupRow, target: Target): Promise<string | null> {
  const [checked, made] = await Promise.allSettled([
    checkFile(run, backup),
    makeUnfinished(run, backup, target),
  ]);
  if (checked.status === 'rejected') throw checked.reason;
  if (made.status === 'rejected') throw made.reason;
  return made.value;
}

async function makeUnfinished(run: JobRun, { source }: BackupRow, target: Target): Promise<string | null> {
  if (source === null) throw new AppError('internal', 'The backup does not say what it was taken from.');
  const { encoding, locale } = source;
  return onJobConnection(run, target.endpoint(), (client) =>
    createDatabase(client, { name: unfinishedName(run.job.id), encoding, locale }),
  );
}

/** The entries that a restore was asked for; null for all. */
function pickedIn({ payload }: JobRow): ReadonlySet<number> | null {
  return Array.isArray(payload.entries) ? new Set(payload.entries.map(Number)) : null;
}

/** How far a script is comes from the bytes of its file. */
async function restorePlain(run: JobRun, backup: BackupRow, endpoint: Endpoint): Promise<void> {
  const file = await openBackup(backup);
  const total = Math.max(1, Number(backup.size_bytes));
  let read = 0;
  async function* counted(): AsyncGenerator<Buffer, void> {
    for await (const chunk of file.read(run.signal)) {
      read += chunk.length;
      yield chunk;
    }
  }
  const progress = () => hashShare + (restoredShare - hashShare) * (read / total);
  try {
    await restoreScript({
      endpoint,
      chunks: decompressed(plainChunks(backup, counted()), backup.options.compress),
      jobId: run.job.id,
      signal: run.signal,
      onStatement: (words) => run.report({ activity: words, progress: progress() }),
    });
  } finally {
    await file.close();
  }
}

/** The login roles of Howdah's own on a server: no restore grants to them. */
export function ownRoles({ server }: Target): string[] {
  return (['read', 'write'] as const).flatMap((level) => server.login(level)?.user ?? []);
}

/** Ends what a job restored with, removes what it unpacked and drops what it filled, as often as need be. */
export async function dropUnfinished(job: JobRow): Promise<void> {
  await removeUseLists(job.id);
  await endBackendsOf(job);
  await removeWorkFolder(job.id);
  const endpoint = await endpointToSweep(job);
  if (endpoint === null) return;
  await withClient(endpoint, (client) => dropDatabase(client, unfinishedName(job.id)));
}

/** Runs `work` on a connection of the job's. */
export function onJobConnection<T>(
  run: JobRun,
  endpoint: Endpoint,
  work: Parameters<typeof withJobConnection<T>>[2],
) {
  return withJobConnection(endpoint, { jobId: run.job.id, signal: run.signal }, work);
}
