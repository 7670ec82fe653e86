import 'server-only';
import { Readable } from 'node:stream';
import { audited } from './audited';
import { backupFileName } from './backup-name';
import { env } from './env';
import { AppError } from './errors';
import type { BackupContents, BackupSource } from './job-types';
import {
  backupPlace,
  openBackupFile,
  removeBackupFiles,
  requireSpace,
  writeBackupFile,
} from './jobs/backup-files';
import { compressed } from './jobs/compress';
import { backupRecipients, encrypted } from './jobs/encrypt';
import type { JobRun, JobWork } from './jobs/job-run';
import { hasPermission, includesLevel } from './permissions';
import type { SourceDatabase } from './postgres/catalog/backup-source';
import { findClientTools } from './postgres/client-tools';
import { type ClientTools, chooseTools, versionText } from './postgres/client-version';
import { dumpDatabase } from './postgres/dump';
import { createDumpProgress } from './postgres/dump-progress';
import { missingDatabase, openTarget, type Target, withControlConnection } from './postgres/target';
import { type SnapshotLook, withSnapshot } from './run-backup-look';
import { dumpShare, sumBackup } from './run-backup-sums';
import { endBackendsOf, targetOfJob } from './run-jobs';
import { endWithLevel } from './run-revoked';
import type { Actor } from './server';
import {
  completeBackup,
  findBackup,
  insertBackup,
  lastBackupSize,
  loadBackup,
  type WantedBackup,
} from './store/backups';
import { storeIdentity } from './store/identity';
import { putManifest } from './store/proofs';
import type { JobRow } from './store/schema';
import type { BackupRow } from './store/schema-backups';
import { findServer, listServers } from './store/servers';

/** Bytes as people read them, for a job's activity. */
const megabyte = 1024 * 1024;

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

/** Whether to encrypt may be left out: then it is done wherever recipients are configured. */
type WantedRequest = Omit<WantedBackup, 'format' | 'encrypt'> & {
  format: WantedBackup['format'] | 'directory';
  encrypt?: boolean | undefined;
};

function asWanted({ format, encrypt, ...options }: WantedRequest): WantedBackup {
  const canEncrypt = backupRecipients().length > 0;
  if (format === 'directory')
    throw new AppError('invalid', 'The format "directory" comes with a later version of Howdah.');
  if (encrypt && !canEncrypt) {
    throw new AppError('invalid', 'Howdah knows nobody to encrypt a backup to.', {
      hint: 'Set HOWDAH_BACKUP_RECIPIENTS.',
    });
  }
  return { format, encrypt: encrypt ?? canEncrypt, ...options };
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
      await requireSpace((await lastBackupSize(target.server.id, target.database)) ?? 0);
      const dump = writeDump(run, { backup, target, tools, look });
      const counting = look.takeManifest(dump);
      const file = await dump;
      run.report({ activity: 'Counting what was backed up' });
      const { manifest, problems } = await counting;
      if (manifest !== null) await putManifest(backupId, manifest, false);
      await completeBackup(backupId, {
        ...file,
        place: await backupPlace(),
        source: sourceOf(source, tools),
      });
      run.log(`howdah: ${file.size_bytes} bytes, SHA-256 ${file.sha256}`);
      return [...problems, ...(await sumBackup(run, backupId, { look, counted: manifest }))];
    });
    return { missing_roles: [], problems };
  },
  async cleanUp(job) {
    const { id, whole_at } = await loadBackup(backupIdOf(job));
    if (whole_at === null) await removeBackupFiles(id);
    await endBackendsOf(job);
  },
};

type DumpPlan = { backup: BackupRow; target: Target; tools: ClientTools; look: SnapshotLook };

async function writeDump(run: JobRun, { backup, target, tools, look }: DumpPlan) {
  const progress = createDumpProgress(look.source.tables);
  const share = look.wantsSums ? dumpShare : 1;
  let activity = 'Reading the definitions';
  const onMessage = (message: string) => {
    run.log(message);
    activity = progress.hear(message) ?? activity;
    run.report({ activity, progress: share * progress.value() });
  };
  const chunks = dumpDatabase({
    endpoint: target.endpoint(),
    tools,
    wanted: { format: backup.format, ...backup.options },
    snapshot: look.snapshot,
    jobId: run.job.id,
    signal: run.signal,
    onMessage,
  });
  const packed = compressed(chunks, backup.options.compress);
  const written = backup.options.encrypt ? encrypted(packed, backupRecipients()) : packed;
  return writeBackupFile(backup.id, written, (bytes) => {
    progress.measure(bytes);
    run.report({
      activity: `${activity} · ${(bytes / megabyte).toFixed(1)} MB written`,
      progress: share * progress.value(),
    });
  });
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

/**
 * A backup's file for a download: a web stream that reads as the client takes, its bytes, and a name that is safe on every
 * system. Throws AppError: `forbidden` below the owner level, `conflict` when it is not whole, `not_found`.
 */
export async function openDownload(
  actor: Actor,
  id: string,
): Promise<{ stream: ReadableStream; bytes: number; name: string }> {
  const backup = await findBackup(actor, id);
  const { server, database } = backup;
  const target = openTarget(actor, await findServer(actor, server), database, 'owner');
  requireWhole(backup);
  const event = {
    action: 'backup.download',
    subject: { kind: 'backup', name: id },
    server,
    database,
  } as const;
  const handle = await audited(actor, event, () => openBackupFile(id, backup.place));
  const { size } = await handle.stat();
  const file = handle.createReadStream();
  endWithLevel(actor, target, file);
  return {
    stream: Readable.toWeb(file) as ReadableStream,
    bytes: size,
    name: backupFileName(backup, env().HOWDAH_BACKUP_NAME),
  };
}

/** Throws AppError `conflict` for a backup whose job has not succeeded, or whose file is not kept any more. */
export function requireWhole({ status, expired_at }: { status: string; expired_at: string | null }): void {
  if (expired_at !== null) throw expired();
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

function expired(): AppError {
  return new AppError('conflict', 'This backup is not kept any more: its schedule says so.', {
    hint: 'Use a newer one.',
  });
}
