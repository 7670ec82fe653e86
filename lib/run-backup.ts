import 'server-only';
import { audited } from './audited';
import { objectName } from './backup-name';
import { env } from './env';
import { AppError } from './errors';
import type { BackupContents, BackupDestination, BackupEntry, BackupSource } from './job-types';
import { requireSpace } from './jobs/backup-files';
import { keepBackup, removeBackup, usualDestination } from './jobs/backup-places';
import { compressed } from './jobs/compress';
import { backupRecipients, encrypted } from './jobs/encrypt';
import type { JobRun, JobWork } from './jobs/job-run';
import { objectStore } from './jobs/object-client';
import { requireBucket } from './jobs/object-files';
import { removeWorkFolder } from './jobs/work-folders';
import { hasPermission, includesLevel } from './permissions';
import type { SourceDatabase } from './postgres/catalog/backup-source';
import { findClientTools } from './postgres/client-tools';
import { type ClientTools, chooseTools, versionText } from './postgres/client-version';
import { missingDatabase, openTarget, type Target, withControlConnection } from './postgres/target';
import { dumpChunks } from './run-backup-dump';
import { type SnapshotLook, withSnapshot } from './run-backup-look';
import { dumpShare, sumBackup } from './run-backup-sums';
import { endBackendsOf, targetOfJob } from './run-jobs';
import type { Actor } from './server';
import {
  completeBackup,
  insertBackup,
  lastBackupSize,
  loadBackup,
  nameObject,
  type WantedBackup,
} from './store/backups';
import { storeIdentity } from './store/identity';
import { putManifest } from './store/proofs';
import type { JobRow } from './store/schema';
import type { BackupRow } from './store/schema-backups';
import { findServer, listServers } from './store/servers';

/** How long the object store may take to answer before a backup is begun, in milliseconds. */
const storeMs = 15_000;

/** How many tables the directory format is dumped at once by, where nobody says it. */
const parallelJobs = 4;

/**
 * Begins a backup of a database and answers its id and its job's. Throws AppError: `not_found` for a database that
 * is not there, `forbidden` below the owner level, `conflict` while another backup of it is under way.
 */
export async function requestBackup(
  actor: Actor,
  { server: slug, database }: { server: string; database: string },
  wanted: WantedRequest,
): Promise<{ id: string; job_id: string }> {
  const server = await findServer(actor, slug);
  const identity = await storeIdentity();
  const isStore = server.systemIdentifier === identity.systemIdentifier && database === identity.database;
  if (isStore) throw missingDatabase(slug, database);
  const subject = { kind: 'database', name: database };
  return audited(actor, { action: 'backup.take', subject, server: slug, database }, async (note) => {
    const whole = asWanted(wanted);
    await requireDatabase(openTarget(actor, server, database, 'owner'));
    const begun = await insertBackup(actor, { server, database, wanted: whole });
    note({ backup: begun.id, job: begun.job_id, format: wanted.format, contents: wanted.contents });
    return begun;
  });
}

/** What may be left out: where it goes, whether it is encrypted, and by how many jobs it is taken. */
type WantedRequest = Omit<WantedBackup, 'encrypt' | 'jobs' | 'destination'> & {
  encrypt?: boolean | undefined;
  jobs?: number | undefined;
  destination?: BackupDestination | undefined;
};

/**
 * What a backup is where nothing else is asked for: encrypted wherever recipients are, and where backups usually go.
 * Throws AppError `invalid` for what is not configured.
 */
export function asWanted({
  encrypt,
  jobs,
  destination = usualDestination(),
  ...options
}: WantedRequest): WantedBackup {
  const canEncrypt = backupRecipients().length > 0;
  if (encrypt && !canEncrypt) {
    throw new AppError('invalid', 'Howdah knows nobody to encrypt a backup to.', {
      hint: 'Set HOWDAH_BACKUP_RECIPIENTS.',
    });
  }
  if (destination === 's3' && env().objectStore === null) {
    throw new AppError('invalid', 'Howdah knows no object store to back up to.', {
      hint: 'Set HOWDAH_S3_BUCKET.',
    });
  }
  const usualJobs = options.format === 'directory' ? parallelJobs : 1;
  return { ...options, encrypt: encrypt ?? canEncrypt, jobs: jobs ?? usualJobs, destination };
}

/** The servers on which an actor may take, download and restore backups, by slug. */
export async function listServersToBackUp(actor: Actor): Promise<string[]> {
  if (!hasPermission(actor.role, 'take-backup')) return [];
  const servers = await listServers(actor);
  return servers.filter(({ level }) => includesLevel(level, 'owner')).map(({ slug }) => slug);
}

async function requireDatabase(target: Target): Promise<void> {
  try {
    await withControlConnection(target, async () => undefined);
  } catch (error) {
    const isMissing = error instanceof AppError && error.sqlstate === '3D000';
    throw isMissing ? missingDatabase(target.server.slug, target.database, error) : error;
  }
}

/** The job that takes a backup. */
export const backupWork: JobWork = {
  async run(run) {
    const backupId = backupIdOf(run.job);
    run.report({ activity: 'Looking at the database' });
    const target = await targetOfJob(run.job, run.job.database ?? '');
    const backup = await loadBackup(backupId);
    const problems = await withSnapshot(run, { backup, endpoint: target.endpoint() }, async (look) => {
      const { source } = look;
      const tools = chooseTools(await findClientTools(), Math.floor(source.serverVersion / 10_000));
      run.log(`howdah: pg_dump ${versionText(tools)} in ${tools.folder}, ${source.tables.length} tables`);
      await requireRoom(backup, (await lastBackupSize(target.server.id, target.database)) ?? 0);
      const dump = writeDump(run, { backup, target, tools, look });
      const counting = look.takeManifest(dump);
      const file = await dump;
      run.report({ activity: 'Counting what was backed up' });
      const { manifest, problems } = await counting;
      if (manifest !== null) await putManifest(backupId, manifest, false);
      await completeBackup(backupId, {
        ...file,
        source: sourceOf(source, tools),
      });
      run.log(`howdah: ${file.size_bytes} bytes, SHA-256 ${file.sha256}`);
      return [...problems, ...(await sumBackup(run, backupId, { look, counted: manifest }))];
    });
    return { missing_roles: [], problems };
  },
  async cleanUp(job) {
    const backup = await loadBackup(backupIdOf(job));
    try {
      await endBackendsOf(job);
    } finally {
      await removeWorkFolder(job.id);
      if (backup.whole_at === null) await removeBackup(backup);
    }
  },
};

/**
 * Throws AppError for a backup that could not be kept, before it is begun. A folder is dumped into before it is packed; what
 * goes to the object store leaves no file here.
 */
async function requireRoom({ format, options }: BackupRow, lastBytes: number): Promise<void> {
  const copies = (format === 'directory' ? 1 : 0) + (options.destination === 'local' ? 1 : 0);
  if (copies > 0) await requireSpace(copies * lastBytes, 'a backup like the last one');
  if (options.destination === 's3') await requireBucket(objectStore().bucket, storeMs);
}

type DumpPlan = { backup: BackupRow; target: Target; tools: ClientTools; look: SnapshotLook };

/** Dumps, compresses, encrypts and keeps, all at once: nothing waits for the whole of what comes before it. */
async function writeDump(run: JobRun, { backup, target, tools, look }: DumpPlan) {
  const dump = dumpChunks(run, {
    endpoint: target.endpoint(),
    tools,
    tables: look.source.tables,
    wanted: { format: backup.format, ...backup.options },
    snapshot: look.snapshot,
    share: look.wantsSums ? dumpShare : 1,
  });
  const packed = compressed(dump.chunks, backup.options.compress);
  const written = backup.options.encrypt ? encrypted(packed, backupRecipients()) : packed;
  return keepBackup(written, {
    id: backup.id,
    key: await objectKeyOf(backup),
    expectedBytes: look.source.sizeBytes,
    signal: run.signal,
    onBytes: dump.onBytes,
  });
}

/** The name of a backup's object, recorded before there is one; null for what stays in the folder. */
async function objectKeyOf(backup: BackupRow): Promise<string | null> {
  if (backup.options.destination === 'local') return null;
  const named = { ...backup, ...backup.options, created_at: backup.created_at.toISOString() };
  const key = `${objectStore().prefix}${objectName(named, env().HOWDAH_BACKUP_NAME)}`;
  await nameObject(backup.id, key);
  return key;
}

function sourceOf(source: SourceDatabase, tools: ClientTools): BackupSource {
  return {
    server_version: source.serverVersion,
    tool_version: versionText(tools),
    size_bytes: source.sizeBytes,
    tables: source.tables.length,
    encoding: source.encoding,
    locale: source.locale,
  };
}

/** The backup that a job makes or restores. */
export function backupIdOf({ payload }: Pick<JobRow, 'payload'>): string {
  if (typeof payload.backup_id === 'string') return payload.backup_id;
  throw new AppError('internal', 'The job names no backup.');
}

/** Throws AppError `conflict` for a backup whose job has not succeeded, or whose file is not kept any more. */
export function requireWhole({
  status,
  expired_at,
  deleted_by,
}: Pick<BackupEntry, 'status' | 'expired_at' | 'deleted_by'>): void {
  if (expired_at !== null) throw notKept(deleted_by);
  if (status === 'succeeded') return;
  throw new AppError('conflict', `This backup is not whole: its job is ${status}.`, {
    hint: status === 'queued' || status === 'running' ? 'Wait for it.' : 'Take a new one.',
  });
}

/** Throws AppError `conflict` for what makes no database of its own: rows alone, or roles. */
export function requireRestorable({ contents }: { contents: BackupContents }): void {
  if (contents === 'all' || contents === 'schema') return;
  throw new AppError('conflict', 'This backup makes no database: it holds only rows, or only roles.', {
    hint: 'Download it and run it where it belongs: its menu has the commands.',
  });
}

function notKept(deletedBy: string | null): AppError {
  const why = deletedBy === null ? 'its schedule says so' : `${deletedBy} deleted it`;
  return new AppError('conflict', `This backup is not kept any more: ${why}.`, { hint: 'Use a newer one.' });
}
