import 'server-only';
import type { z } from 'zod';
import type { DatabaseMaintenancePlan } from './api-types';
import { AppError } from './errors';
import type { databaseMaintenanceRequest } from './operations-schema';
import {
  listLockHolders,
  listOldSnapshots,
  listTablesToMaintain,
  type TableToMaintain,
} from './postgres/catalog/maintained-tables';
import { type Target, withControlConnection } from './postgres/target';
import { confirmedTarget, queueMaintenance, redactHolders, targetToMaintain } from './run-maintenance';
import type { Actor } from './server';
import { type DatabaseMaintenance, stepOfTable } from './sql/maintain-database';
import { conflictingModes, type Maintenance, maintenanceLock, maintenanceSql } from './sql/maintenance';

export type DatabaseMaintenanceRequest = z.output<typeof databaseMaintenanceRequest>;

/** A table with what is to be done with it. Bytes are 0 where they can't be known. */
export type TableStep = { oid: string; name: string; bytes: number; indexes: number; step: Maintenance };

/** What maintenance of all tables would send, lock and wait for; nothing is done. Throws AppError. */
export async function planDatabaseMaintenance(
  actor: Actor,
  request: DatabaseMaintenanceRequest,
): Promise<DatabaseMaintenancePlan> {
  const target = await targetToMaintain(actor, request);
  const { steps, others } = await listSteps(target, request);
  const lock = lockOf(request);
  const own = request.action === 'reindex' ? '' : ' Those of PostgreSQL itself are among them.';
  const holders = await withControlConnection(target, async (client) => {
    const oids = steps.map(({ oid }) => oid);
    const waitsForAll = request.action === 'reindex' && request.concurrently;
    const old = waitsForAll ? await listOldSnapshots(client) : [];
    return [...(await listLockHolders(client, oids, conflictingModes(lock.mode))), ...old];
  });
  return {
    sql: summariseSteps(steps),
    lock: lock.mode,
    effect: `${lock.effect} It goes table by table: what is done stays done, and a table that is locked is left out and named.${own}`,
    size_bytes: sum(steps.map(({ bytes }) => bytes)),
    indexes: sum(steps.map(({ indexes }) => indexes)),
    holders: redactHolders(holders),
    is_invalid: false,
    tables: steps.length,
    others,
  };
}

/** Begins maintenance of all tables and answers its job's id. Throws AppError as requestMaintenance(). */
export async function requestDatabaseMaintenance(
  actor: Actor,
  request: DatabaseMaintenanceRequest,
  confirm: string | undefined,
): Promise<string> {
  const { server: _, database, ...work } = request;
  const target = await confirmedTarget(actor, request, confirm);
  const { steps } = await listSteps(target, request);
  const subject = { kind: 'database', name: database };
  return queueMaintenance(actor, target, {
    subject,
    work: { ...work, kind: 'database' },
    sql: summariseSteps(steps),
  });
}

/**
 * The steps, the largest table first, and how many tables are left out because they are another role's. Throws AppError
 * `conflict` where there is nothing to do.
 */
export async function listSteps(
  target: Target,
  work: DatabaseMaintenance,
): Promise<{ steps: TableStep[]; others: number }> {
  const tables = await withControlConnection(target, (client) => listTablesToMaintain(client, work));
  const others = tables.filter(({ is_own }) => !is_own).length;
  const steps = tables.filter(({ is_own }) => is_own).flatMap((table) => asStep(table, work));
  if (steps.length > 0) return { steps, others };
  throw new AppError('conflict', `There is no table in ${target.database} for this to be done with.`, {
    hint: others === 0 ? undefined : `${others} tables belong to roles that the owner level is not.`,
  });
}

function asStep(table: TableToMaintain, work: DatabaseMaintenance): TableStep[] {
  const step = stepOfTable(work, table);
  const { oid, schema, name, size_bytes, indexes } = table;
  return step === null ? [] : [{ oid, name: `${schema}.${name}`, bytes: size_bytes ?? 0, indexes, step }];
}

function lockOf(work: DatabaseMaintenance) {
  return maintenanceLock(work.action === 'vacuum' ? { ...work, full: false, parallel: null } : work);
}

function summariseSteps(steps: TableStep[]): string {
  const [first, ...more] = steps;
  if (first === undefined) return '';
  const rest = more.length === 0 ? '' : `\n-- and so for ${more.length} more, the largest first`;
  return `${maintenanceSql(first.step)};${rest}`;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
