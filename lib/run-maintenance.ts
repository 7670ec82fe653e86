import 'server-only';
import type { z } from 'zod';
import type { Environment, MaintenancePlan } from './api-types';
import { audited } from './audited';
import { AppError } from './errors';
import type { JobWork } from './jobs/job-run';
import { maintenanceRequest } from './operations-schema';
import { hasPermission, includesLevel } from './permissions';
import { describeSubject } from './postgres/catalog/maintenance';
import { maintain } from './postgres/maintain';
import { createProgress } from './postgres/maintenance-progress';
import { openTarget, type Target, withControlConnection } from './postgres/target';
import { endBackendsOf, targetOfJob } from './run-jobs';
import type { Actor } from './server';
import { conflictingModes, type Maintenance, maintenanceLock, maintenanceSql } from './sql/maintenance';
import { redactSecrets } from './sql/redact';
import { store } from './store/db';
import { queueJob } from './store/new-job';
import { findServer } from './store/servers';

export type MaintenanceRequest = z.output<typeof maintenanceRequest>;

/** The environment of a server where an actor may maintain tables; null where they may not. Throws AppError `not_found`. */
export async function whereToMaintain(actor: Actor, slug: string): Promise<Environment | null> {
  const server = await findServer(actor, slug);
  const mayAct = hasPermission(actor.role, 'run-maintenance') && includesLevel(server.level, 'owner');
  return mayAct && server.login('owner') !== null ? server.environment : null;
}

/** What a piece of maintenance would send, lock and wait for; nothing is done. Throws AppError. */
export async function planMaintenance(actor: Actor, request: MaintenanceRequest): Promise<MaintenancePlan> {
  const target = await targetOf(actor, request);
  const { mode, effect } = maintenanceLock(request);
  const { size_bytes, indexes, holders, is_invalid } = await describe(target, request);
  const shown = holders.map((holder) => ({
    ...holder,
    query: holder.query === null ? null : redactSecrets(holder.query),
  }));
  return {
    sql: maintenanceSql(request),
    lock: mode,
    effect,
    size_bytes,
    indexes,
    holders: shown,
    is_invalid,
  };
}

/**
 * Begins a piece of maintenance and answers its job's id. Throws AppError: `invalid` where it is not confirmed by the names
 * of server and database, `forbidden` below the owner level, `conflict` while another runs in the database.
 */
export async function requestMaintenance(
  actor: Actor,
  request: MaintenanceRequest,
  confirm: string | undefined,
): Promise<string> {
  const { server: slug, database, ...work } = request;
  if (confirm !== `${slug}/${database}`) {
    throw new AppError('invalid', 'Maintenance must be confirmed.', {
      hint: `Send confirm: "${slug}/${database}".`,
    });
  }
  const target = await targetOf(actor, request);
  const { is_invalid } = await describe(target, request);
  if (request.action === 'drop_index' && !is_invalid) {
    throw new AppError('conflict', `The index ${request.name} is valid, and is not dropped from here.`, {
      hint: 'To drop an index that queries use, run DROP INDEX as owner on the SQL page.',
    });
  }
  const subject = { kind: request.kind, name: `${request.schema}.${request.name}` };
  const event = { action: 'maintenance.run', subject, server: slug, database } as const;
  const sql = maintenanceSql(request);
  return audited(actor, { ...event, detail: { sql } }, (note) =>
    store()
      .transaction()
      .execute(async (db) => {
        const job = { kind: 'maintenance', server: target.server, database, place: null } as const;
        const id = await queueJob(db, actor, { ...job, payload: { work, sql } });
        note({ job: id });
        return id;
      }),
  );
}

/** The job that maintains a relation or an index. It leaves nothing running; an index that it leaves invalid it names. */
export const maintenanceWork: JobWork = {
  async run(run) {
    const { server, database, payload } = run.job;
    const given = payload.work;
    if (typeof given !== 'object') throw new AppError('internal', 'The job says nothing of its work.');
    const request = maintenanceRequest.parse({ ...given, server, database });
    run.report({ activity: 'Looking at the table' });
    const target = await targetOfJob(run.job, request.database);
    const { table, indexes } = await describe(target, request);
    const sql = maintenanceSql(request);
    const isByIndex = request.action === 'reindex' && request.kind === 'relation';
    const progress = createProgress(isByIndex ? Math.max(1, indexes) : 1);
    run.log(`howdah: ${sql}`);
    run.report({ activity: 'Waiting for PostgreSQL' });
    await maintain({
      endpoint: target.endpoint(),
      jobId: run.job.id,
      signal: run.signal,
      sql,
      table,
      onMessage: run.log,
      onPhase: (phase) => run.report({ activity: phase.name, progress: progress(phase) }),
    });
    return null;
  },
  cleanUp: endBackendsOf,
};

async function targetOf(actor: Actor, { server: slug, database }: MaintenanceRequest): Promise<Target> {
  const server = await findServer(actor, slug);
  return openTarget(actor, server, database, 'owner');
}

async function describe(target: Target, work: Maintenance) {
  const modes = conflictingModes(maintenanceLock(work).mode);
  const facts = await withControlConnection(target, (client) => describeSubject(client, work, modes));
  if (facts !== null) return facts;
  const what = work.kind === 'index' ? 'index' : 'table or materialized view';
  throw new AppError('not_found', `There is no ${what} "${work.name}" in the schema "${work.schema}".`, {
    hint: 'It may have been renamed or dropped. Load the page again.',
  });
}
