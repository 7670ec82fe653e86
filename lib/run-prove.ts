import 'server-only';
import { audited } from './audited';
import { type Agreement, type Copy, compareManifests } from './compare-manifests';
import type { Scope } from './compare-objects';
import { AppError } from './errors';
import type { BackupProof } from './job-types';
import type { JobRun, JobWork } from './jobs/job-run';
import type { Manifest } from './manifest';
import { listDumpTables } from './postgres/catalog/backup-source';
import { listInventory } from './postgres/catalog/inventory';
import { listSequenceValues } from './postgres/catalog/sequence-values';
import type { Endpoint } from './postgres/connection';
import { isServerTrouble } from './postgres/server-trouble';
import { beginLook, readTables, useWorkers } from './postgres/snapshot';
import { openTarget, type Target, withControlConnection } from './postgres/target';
import { backupIdOf, requireRestorable, requireWhole } from './run-backup';
import { sumWorkers } from './run-backup-look';
import { runChecks } from './run-checks';
import { targetOfJob } from './run-jobs';
import {
  dropUnfinished,
  majorOf,
  onJobConnection,
  ownRoles,
  planRestore,
  type Restored,
  type RestorePlan,
  readVersion,
  requireAsNew,
  restoredShare,
  restoreUnderOtherName,
} from './run-restore-archive';
import type { Actor } from './server';
import { findBackup, insertJob, loadBackup } from './store/backups';
import { loadManifest, recordDisproof, recordProof } from './store/proofs';
import type { BackupRow } from './store/schema-backups';
import { findServer } from './store/servers';

/**
 * Begins to prove a backup, on its own server or a named one, and answers the job's id. Throws AppError: `conflict` for a
 * backup that is not whole or of which nothing was counted, and for a server of an older major version, `forbidden` below
 * the owner level of either.
 */
export async function requestVerify(
  actor: Actor,
  backupId: string,
  on: string | undefined,
): Promise<{ job_id: string }> {
  const backup = await findBackup(actor, backupId);
  const { database, place } = backup;
  const own = await findServer(actor, backup.server);
  const server = on === undefined ? own : await findServer(actor, on);
  openTarget(actor, own, own.defaultDatabase, 'owner');
  const target = openTarget(actor, server, server.defaultDatabase, 'owner');
  requireWhole(backup);
  requireRestorable(backup);
  if (server.id !== own.id)
    requireAsNew(await withControlConnection(target, readVersion), backup.source, server.slug);
  await requireManifest(backupId);
  const subject = { kind: 'backup', name: backupId };
  const event = { action: 'backup.verify', subject, server: server.slug, database } as const;
  return audited(actor, event, async (note) => {
    const job_id = await insertJob(actor, { kind: 'verify', server, database, backupId, place });
    note({ job: job_id });
    return { job_id };
  });
}

async function requireManifest(backupId: string): Promise<{ manifest: Manifest; hasSums: boolean }> {
  const source = await loadManifest(backupId);
  if (source !== null) return source;
  throw new AppError('conflict', 'Nothing was counted when this backup was taken, so it can’t be proven.', {
    hint: 'It can be restored. Take a new one to have one that can be proven.',
  });
}

/** The job that restores a backup into a database that nobody sees, compares it with its source, and drops it. */
export const proveWork: JobWork = {
  async run(run) {
    const backup = await loadBackup(backupIdOf(run.job));
    await requireManifest(backup.id);
    const target = await targetOfJob(run.job, null);
    const plan = await planRestore(run, backup, target);
    const { proof, missingRoles, problems } = await prove(run, backup, { target, plan }).catch(
      async (error) => {
        if (!run.signal.aborted && isAboutBackup(error)) await recordDisproof(backup.id, error.message);
        throw error;
      },
    );
    await recordProof(backup.id, proof);
    run.report({ activity: 'Proven. Dropping the scratch database' });
    await dropUnfinished(run.job);
    return { missing_roles: missingRoles, problems };
  },
  cleanUp: dropUnfinished,
};

/** A server that is away, a disk that is full, or a key that is not there says nothing about a backup. */
function isAboutBackup(error: unknown): error is AppError {
  if (!(error instanceof AppError) || isServerTrouble(error.sqlstate)) return false;
  return ['conflict', 'invalid', 'query_failed', 'not_found'].includes(error.code);
}

type Proven = { proof: BackupProof; missingRoles: string[]; problems: string[] };

async function prove(
  run: JobRun,
  backup: BackupRow,
  { target, plan }: { target: Target; plan: RestorePlan },
): Promise<Proven> {
  const restored = await restoreUnderOtherName(run, backup, { target, plan });
  // Not before: the sums of a backup that is just whole are taken meanwhile.
  const source = await requireManifest(backup.id);
  const copy = await lookAt(run, restored.endpoint, { backup, source });
  const scope = scopeOf(backup, { target, plan, restored });
  const { differences, agreement } = compareManifests(source.manifest, copy, scope);
  if (differences.length > 0) throw differs(differences);
  const checks = await runChecks(run, backup, restored.endpoint);
  run.log(`howdah: proven: ${inWords(agreement)}, ${checks} check queries held`);
  const where = { server: target.server.slug, server_version: plan.serverVersion };
  return {
    proof: { job_id: run.job.id, ...where, ...agreement, checks },
    missingRoles: restored.missingRoles,
    problems: [...source.manifest.problems, ...restored.problems, ...leftOut(scope)],
  };
}

/** What of this copy can be compared with its source. */
function scopeOf(
  { source }: BackupRow,
  { target, plan, restored }: { target: Target; plan: RestorePlan; restored: Restored },
): Scope {
  return {
    hasDefinitions: majorOf(source?.server_version ?? 0) === majorOf(plan.serverVersion),
    hasPrivileges: restored.refused.length === 0,
    withoutRoles: new Set([...ownRoles(target), ...restored.missingRoles]),
  };
}

function leftOut({ hasDefinitions, hasPrivileges }: Scope): string[] {
  return [
    ...(hasDefinitions
      ? []
      : [
          'Objects were compared by name only: another major version writes their definitions in other words.',
        ]),
    ...(hasPrivileges ? [] : ['Privileges were not compared: some could not be granted here.']),
  ];
}

type Compared = { backup: BackupRow; source: { manifest: Manifest; hasSums: boolean } };

/** The restored database, read as the backup's own was. */
function lookAt(run: JobRun, endpoint: Endpoint, { backup, source }: Compared): Promise<Copy> {
  return onJobConnection(run, endpoint, async (client) => {
    await beginLook(client);
    await useWorkers(client, sumWorkers);
    const { objects, sequences } = source.manifest;
    run.report({ activity: 'Comparing the objects', progress: restoredShare });
    const tables = await listDumpTables(client);
    const share = (place: number) => restoredShare + ((1 - restoredShare) * place) / tables.length;
    return {
      objects: objects === null ? [] : await listInventory(client, backup.options.contents === 'all'),
      sequences: sequences.length === 0 ? [] : await listSequenceValues(client),
      ...(await readTables(client, {
        tables,
        hasSums: source.hasSums,
        signal: run.signal,
        onTable: (table, place) => run.report({ activity: `Comparing ${table}`, progress: share(place) }),
      })),
    };
  });
}

function differs(differences: string[]): AppError {
  return new AppError('conflict', `The restored copy is not what was backed up: ${differences.join('; ')}.`, {
    hint: 'Take a new backup and verify it. Look into what changed this one.',
  });
}

function inWords({ objects, tables, rows, sums }: Agreement): string {
  return `${objects} objects, ${tables} tables with ${rows} rows, the sums of ${sums}`;
}
