import 'server-only';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { AppError } from './errors';
import type { BackupContentsEntry, BackupSource } from './job-types';
import { hashFile, openBackupFile } from './jobs/backup-files';
import { decompressed } from './jobs/compress';
import { decrypted } from './jobs/encrypt';
import type { JobRun } from './jobs/job-run';
import type { ArchiveInput } from './postgres/client-process';
import { findClientTools } from './postgres/client-tools';
import { type ClientTools, chooseTools, versionText } from './postgres/client-version';
import type { Endpoint } from './postgres/connection';
import { createDatabase, dropDatabase } from './postgres/new-database';
import { listArchive, removeUseLists, restoreArchive } from './postgres/restore';
import { restoreScript } from './postgres/script-restore';
import { openTarget, type Target, withClient } from './postgres/target';
import { withJobConnection } from './postgres/terminate';
import { unfinishedName } from './postgres/unfinished-database';
import { requireWhole } from './run-backup';
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
export async function checkFile(run: JobRun, backup: BackupRow): Promise<void> {
  run.report({ activity: "Checking the file's SHA-256", progress: 0 });
  const total = Math.max(1, Number(backup.size_bytes));
  const handle = await openBackupFile(backup.id, backup.place);
  try {
    const onBytes = (bytes: number) => run.report({ progress: (hashShare * bytes) / total });
    if ((await hashFile(handle, run.signal, onBytes)) === backup.sha256) return;
  } finally {
    await handle.close();
  }
  throw new AppError('conflict', 'The file of this backup is not what was written: its SHA-256 differs.', {
    hint: 'Restore another backup. Check the disk that this one lies on.',
  });
}

/** The table of contents of a backup, for one who picks from it. Throws AppError `conflict` for a script. */
export async function readBackupContents(actor: Actor, id: string): Promise<BackupContentsEntry[]> {
  const backup = await findBackup(actor, id);
  const server = await findServer(actor, backup.server);
  openTarget(actor, server, server.defaultDatabase, 'owner');
  requireWhole(backup);
  if (backup.format !== 'custom') {
    throw new AppError('conflict', 'A script has no table of contents.', { hint: 'It is restored whole.' });
  }
  const tools = chooseTools(await findClientTools(), Number(backup.source?.tool_version.split('.')[0] ?? 0));
  const entries = await listArchive({
    tools,
    openArchive: () => openArchive({ id, place: backup.place, options: backup }),
    jobId: id,
    signal: AbortSignal.timeout(listingMs),
    onMessage: () => undefined,
  });
  return entries.map(({ id: entry, line }) => ({ id: entry, text: line.replace(/^\d+; \d+ \d+ /, '') }));
}

type Kept = { id: string; place: string | null; options: Pick<BackupRow['options'], 'encrypt'> };

/** An archive to be read from its start: the file itself, or what it decrypts to. */
async function openArchive({ id, place, options }: Kept): Promise<ArchiveInput> {
  const handle = await openBackupFile(id, place);
  if (!options.encrypt) return handle;
  return Readable.from(decrypted(handle.createReadStream()), { objectMode: false });
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

/** Restores a backup into a new database under its unfinished name. Whoever asks publishes or drops it. */
export async function restoreUnderOtherName(
  run: JobRun,
  backup: BackupRow,
  { target, plan }: { target: Target; plan: RestorePlan },
): Promise<Restored> {
  const { source } = backup;
  if (source === null) throw new AppError('internal', 'The backup does not say what it was taken from.');
  const endpoint = { ...target.endpoint(), database: unfinishedName(run.job.id) };
  run.report({ activity: 'Making the new database' });
  const localeProblem = await onJobConnection(run, target.endpoint(), (client) =>
    createDatabase(client, { name: endpoint.database, encoding: source.encoding, locale: source.locale }),
  );
  if (backup.format === 'plain') {
    await restorePlain(run, backup, endpoint);
    const problems = localeProblem === null ? [] : [localeProblem];
    return { endpoint, missingRoles: [], problems, refused: [] };
  }
  const { missingRoles, problems } = await restoreArchive({
    endpoint,
    tools: plan.tools,
    serverMajor: majorOf(plan.serverVersion),
    openArchive: () => openArchive(backup),
    ownRoles: ownRoles(target),
    picked: pickedIn(run.job),
    jobId: run.job.id,
    signal: run.signal,
    onMessage: run.log,
    onProgress: (activity, part) =>
      run.report({ activity, progress: hashShare + (restoredShare - hashShare) * part }),
  });
  return {
    endpoint,
    missingRoles,
    problems: localeProblem === null ? problems : [localeProblem, ...problems],
    refused: problems,
  };
}

/** The entries that a restore was asked for; null for all. */
function pickedIn({ payload }: JobRow): ReadonlySet<number> | null {
  return Array.isArray(payload.entries) ? new Set(payload.entries.map(Number)) : null;
}

/** How far a script is comes from the bytes of its file. */
async function restorePlain(run: JobRun, backup: BackupRow, endpoint: Endpoint): Promise<void> {
  const handle = await openBackupFile(backup.id, backup.place);
  const total = Math.max(1, Number(backup.size_bytes));
  let read = 0;
  async function* file(): AsyncGenerator<Buffer, void> {
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      read += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  }
  const progress = () => hashShare + (restoredShare - hashShare) * (read / total);
  try {
    await restoreScript({
      endpoint,
      chunks: decompressed(backup.options.encrypt ? decrypted(file()) : file(), backup.options.compress),
      jobId: run.job.id,
      signal: run.signal,
      onStatement: (words) => run.report({ activity: words, progress: progress() }),
    });
  } finally {
    await handle.close();
  }
}

/** The login roles of Howdah's own on a server: no restore grants to them. */
export function ownRoles({ server }: Target): string[] {
  return (['read', 'write'] as const).flatMap((level) => server.login(level)?.user ?? []);
}

/** Ends what a job restored with and drops what it filled, as often as need be. */
export async function dropUnfinished(job: JobRow): Promise<void> {
  await removeUseLists(job.id);
  await endBackendsOf(job);
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
