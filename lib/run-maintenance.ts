import 'server-only';
import type { z } from 'zod';
import type { Environment, LockHolder, MaintenancePlan } from './api-types';
import { audited } from './audited';
import { AppError } from './errors';
import type { maintenanceRequest } from './operations-schema';
import { hasPermission, includesLevel } from './permissions';
import { describeSubject } from './postgres/catalog/maintenance';
import { openTarget, type Target, withControlConnection } from './postgres/target';
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
  const target = await targetToMaintain(actor, request);
  const { mode, effect } = maintenanceLock(request);
  const { size_bytes, indexes, holders, is_invalid } = await describeMaintained(target, request);
  return {
    sql: maintenanceSql(request),
    lock: mode,
    effect,
    size_bytes,
    indexes,
    holders: redactHolders(holders),
    is_invalid,
  };
}

/** Holders of locks without the secrets in what they run. */
export function redactHolders(holders: LockHolder[]): LockHolder[] {
  return holders.map(({ query, ...rest }) => ({
    ...rest,
    query: query === null ? null : redactSecrets(query),
  }));
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
  const { server: _, database, ...work } = request;
  const target = await confirmedTarget(actor, request, confirm);
  const { is_invalid } = await describeMaintained(target, request);
  if (request.action === 'drop_index' && !is_invalid) {
    throw new AppError('conflict', `The index ${request.name} is valid, and is not dropped from here.`, {
      hint: 'To drop an index that queries use, run DROP INDEX as owner on the SQL page.',
    });
  }
  const subject = { kind: request.kind, name: `${request.schema}.${request.name}` };
  return queueMaintenance(actor, target, { subject, work, sql: maintenanceSql(request) });
}

type Place = { server: string; database: string };

/** Where maintenance goes on, once it is confirmed by the names of server and database. Throws AppError as requestMaintenance(). */
export async function confirmedTarget(
  actor: Actor,
  place: Place,
  confirm: string | undefined,
): Promise<Target> {
  const names = `${place.server}/${place.database}`;
  if (confirm === names) return targetToMaintain(actor, place);
  throw new AppError('invalid', 'Maintenance must be confirmed.', { hint: `Send confirm: "${names}".` });
}

type NewWork = { subject: { kind: string; name: string }; work: object; sql: string };

/** Queues the job of a piece of maintenance and answers its id. Throws AppError `conflict` while another runs in the database. */
export async function queueMaintenance(
  actor: Actor,
  { server, database }: Target,
  { subject, work, sql }: NewWork,
): Promise<string> {
  const event = { action: 'maintenance.run', subject, server: server.slug, database } as const;
  return audited(actor, { ...event, detail: { sql } }, (note) =>
    store()
      .transaction()
      .execute(async (db) => {
        const job = { kind: 'maintenance', server, database, place: null } as const;
        const id = await queueJob(db, actor, { ...job, payload: { work, sql } });
        note({ job: id });
        return id;
      }),
  );
}

/** A database at the level that maintains it. Throws AppError: `not_found`, `forbidden` below the owner level. */
export async function targetToMaintain(actor: Actor, { server: slug, database }: Place): Promise<Target> {
  const server = await findServer(actor, slug);
  return openTarget(actor, server, database, 'owner');
}

/** The facts about what is to be maintained. Throws AppError `not_found`. */
export async function describeMaintained(target: Target, work: Maintenance) {
  const modes = conflictingModes(maintenanceLock(work).mode);
  const facts = await withControlConnection(target, (client) => describeSubject(client, work, modes));
  if (facts !== null) return facts;
  const what = work.kind === 'index' ? 'index' : 'table or materialized view';
  throw new AppError('not_found', `There is no ${what} "${work.name}" in the schema "${work.schema}".`, {
    hint: 'It may have been renamed or dropped. Load the page again.',
  });
}
