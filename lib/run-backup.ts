import 'server-only';
import { Readable } from 'node:stream';
import { audited } from './audited';
import { AppError } from './errors';
import type { BackupSource } from './job-types';
import {
  backupPlace,
  openBackupFile,
  removeBackupFiles,
  requireSpace,
  writeBackupFile,
} from './jobs/backup-files';
import type { JobRun, JobWork } from './jobs/job-run';
import { hasPermission, includesLevel } from './permissions';
import { describeSource, type SourceDatabase } from './postgres/catalog/backup-source';
import { findClientTools } from './postgres/client-tools';
import { type ClientTools, chooseTools, versionText } from './postgres/client-version';
import { dumpDatabase } from './postgres/dump';
import { createDumpProgress } from './postgres/dump-progress';
import { missingDatabase, openTarget, type Target, withControlConnection } from './postgres/target';
import { withJobConnection } from './postgres/terminate';
import { endBackendsOf, targetOfJob } from './run-jobs';
import type { Actor } from './server';
import { completeBackup, findBackup, insertBackup, lastBackupSize } from './store/backups';
import { storeIdentity } from './store/identity';
import type { JobRow } from './store/schema';
import { findServer, listServers } from './store/servers';

/** Bytes as people read them, for a job's activity. */
const megabyte = 1024 * 1024;

/**
 * Begins a backup of a database and answers its id and its job's. Throws AppError: `not_found` for a database that
 * is not there, `forbidden` below the owner level, `conflict` while another backup of it is under way.
 */
export async function requestBackup(
  actor: Actor,
  slug: string,
  database: string,
): Promise<{ id: string; job_id: string }> {
  const server = await findServer(actor, slug);
  const identity = await storeIdentity();
  const isStore = server.systemIdentifier === identity.systemIdentifier && database === identity.database;
  if (isStore) throw missingDatabase(slug, database);
  const subject = { kind: 'database', name: database };
  return audited(actor, { action: 'backup.take', subject, server: slug, database }, async (note) => {
    await requireDatabase(openTarget(actor, server, database, 'owner'));
    const begun = await insertBackup(actor, server, database);
    note({ backup: begun.id, job: begun.job_id });
    return begun;
  });
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
    const endpoint = target.endpoint();
    const source = await withJobConnection(
      endpoint,
      { jobId: run.job.id, signal: run.signal },
      describeSource,
    );
    const tools = chooseTools(await findClientTools(), Math.floor(source.serverVersion / 10_000));
    run.log(`howdah: pg_dump ${versionText(tools)} in ${tools.folder}, ${source.tables.length} tables`);
    await requireSpace((await lastBackupSize(target.server.id, target.database)) ?? 0);
    const file = await writeDump(run, backupId, target, tools, source);
    await completeBackup(backupId, { ...file, place: await backupPlace(), source: sourceOf(source, tools) });
    run.log(`howdah: ${file.size_bytes} bytes, SHA-256 ${file.sha256}`);
    return null;
  },
  async cleanUp(job) {
    await removeBackupFiles(backupIdOf(job));
    await endBackendsOf(job);
  },
};

async function writeDump(
  run: JobRun,
  backupId: string,
  target: Target,
  tools: ClientTools,
  source: SourceDatabase,
) {
  const progress = createDumpProgress(source.tables);
  let activity = 'Reading the definitions';
  const onMessage = (message: string) => {
    run.log(message);
    activity = progress.hear(message) ?? activity;
    run.report({ activity, progress: progress.value() });
  };
  const chunks = dumpDatabase({
    endpoint: target.endpoint(),
    tools,
    jobId: run.job.id,
    signal: run.signal,
    onMessage,
  });
  return writeBackupFile(backupId, chunks, (bytes) => {
    progress.measure(bytes);
    run.report({
      activity: `${activity} · ${(bytes / megabyte).toFixed(1)} MB written`,
      progress: progress.value(),
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
  openTarget(actor, await findServer(actor, server), database, 'owner');
  requireWhole(backup);
  const event = {
    action: 'backup.download',
    subject: { kind: 'backup', name: id },
    server,
    database,
  } as const;
  const handle = await audited(actor, event, () => openBackupFile(id, backup.place));
  const { size } = await handle.stat();
  return {
    stream: Readable.toWeb(handle.createReadStream()) as ReadableStream,
    bytes: size,
    name: fileNameOf(backup),
  };
}

/** Throws AppError `conflict` for a backup whose job has not succeeded. */
export function requireWhole({ status }: { status: string }): void {
  if (status === 'succeeded') return;
  throw new AppError('conflict', `This backup is not whole: its job is ${status}.`, {
    hint: status === 'queued' || status === 'running' ? 'Wait for it.' : 'Take a new one.',
  });
}

/**
 * `demo-blog-20260131-120000.dump`: a server's slug, the database's letters and figures, the time in UTC. Whatever the
 * database is named, no part of it is a path, a device or a header.
 */
export function fileNameOf({
  server,
  database,
  created_at,
}: {
  server: string;
  database: string;
  created_at: string;
}): string {
  const safe = database
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .slice(0, 63)
    .replace(/^[_-]+$/, 'database');
  const time = new Date(created_at).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${server}-${safe}-${time}.dump`;
}
