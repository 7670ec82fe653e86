import 'server-only';
import { recordEvent, systemDoer } from './audited';
import { AppError } from './errors';
import { hasPermission } from './permissions';
import { tryWall } from './postgres/canary';
import type { Endpoint } from './postgres/connection';
import { inWords } from './postgres/errors';
import { inspectGrants, listMissingGrants, syncGrants } from './postgres/sync-grants';
import type { Actor, Server } from './server';
import { quoteIdentifier } from './sql/literal';
import { findServer, findServerToKeep } from './store/servers';
import { claimSync, findWall, listChoices, putGrants, putLevels } from './store/walls';
import type { DatabaseChoice, Gap, GrantsReport, LevelReport, SharedLevel, WallReport } from './wall-types';

/** How often the grants of every server are synchronised, in seconds: a new table is closed for no longer than this. */
export const syncSeconds = 60;

/** Is told in words what is done now. */
type Tell = (what: string) => void;

const levels = ['read', 'write'] as const satisfies readonly SharedLevel[];

/**
 * The wall of a server as it was last found. Its gaps are a guide for an attack: who may not read them is told the
 * verdicts alone. Throws AppError `not_found`.
 */
export async function readWall(actor: Actor, slug: string): Promise<WallReport> {
  const report = await findWall((await findServer(actor, slug)).id);
  if (hasPermission(actor.role, 'read-wall')) return report;
  const levels = report.levels.map(({ level, verdict }) => ({ level, verdict, reason: null, gaps: [] }));
  return { ...report, steps: [], grants: [], levels };
}

/**
 * Synchronises the grants of one server in every database with a chosen schema, and writes what came of it. What one
 * database refuses is in its report. Answers null for a server that is not enrolled any more.
 */
export async function syncServer(
  serverId: string,
  tell: Tell = () => undefined,
): Promise<GrantsReport[] | null> {
  const server = await findServerToKeep(serverId);
  if (server === null) return null;
  const reports: GrantsReport[] = [];
  for (const choice of await listChoices(serverId)) {
    tell(`Grants in ${choice.database}`);
    reports.push(await syncOne(server, choice));
  }
  await putGrants(serverId, reports);
  return reports;
}

/** Synchronises the servers whose turn it is; of several instances one does each. One that fails harms no other. */
export async function syncDueServers(): Promise<void> {
  for (const id of await claimSync(syncSeconds - 5)) {
    await syncServer(id).then(
      (reports) => recordChanges(id, reports ?? []),
      (error) => console.error(`howdah: the grants of ${id}: ${inWords(error)}`),
    );
  }
}

/** A look every minute that changes nothing is no event; what it changed is one, once it is known. */
async function recordChanges(serverId: string, reports: GrantsReport[]): Promise<void> {
  const changed = reports.filter(({ changed }) => changed > 0);
  const server = changed.length === 0 ? null : await findServerToKeep(serverId);
  if (server === null) return;
  const subject = { kind: 'server', name: server.slug };
  const detail = Object.fromEntries(changed.map(({ database, changed }) => [database, changed]));
  const event = { action: 'wall.sync', subject, server: server.slug, detail } as const;
  await recordEvent(systemDoer('scheduler'), event, { result: 'succeeded' });
}

async function syncOne(server: Server, choice: DatabaseChoice): Promise<GrantsReport> {
  const roles = rolesOf(server);
  const owner = server.login('owner');
  const reader = server.login('read') ?? server.login('write');
  try {
    if (owner !== null) return await syncGrants(endpointOf(server, owner, choice.database), roles, choice);
    if (reader !== null)
      return await inspectGrants(endpointOf(server, reader, choice.database), roles, choice);
    throw new AppError('not_found', 'No role of this server is known.');
  } catch (error) {
    const { database } = choice;
    return { database, changed: 0, withheld: [], gaps: [], problems: [inWords(error)] };
  }
}

/** What a DBA has to run with psql so that a server's grants are as they were chosen; Howdah itself sends nothing. */
export async function writeGrantScript(serverId: string): Promise<string> {
  const server = await findServerToKeep(serverId);
  const login = server?.login('owner') ?? server?.login('read') ?? server?.login('write') ?? null;
  if (server === null || login === null) throw new AppError('not_found', 'No role of this server is known.');
  const lines = ['-- The grants that are missing on this server, as Howdah found them. Run it with psql.'];
  for (const choice of await listChoices(serverId)) {
    const endpoint = endpointOf(server, login, choice.database);
    const statements = await listMissingGrants(endpoint, rolesOf(server), choice);
    if (statements.length === 0) continue;
    lines.push(
      `\\connect ${quoteIdentifier(choice.database)}`,
      ...statements.map((statement) => `${statement};`),
    );
  }
  return `${lines.join('\n')}\n`;
}

function rolesOf(server: Server) {
  return { read: server.login('read')?.user ?? null, write: server.login('write')?.user ?? null };
}

function endpointOf({ host, port, tls }: Server, login: Endpoint['login'], database: string): Endpoint {
  return { host, port, tls, login, database };
}

/**
 * Tries the wall of a server as each level's own role in every database with a chosen schema, writes what was found,
 * and closes the levels that PostgreSQL does not enforce; one that holds again is opened. Throws AppError when the
 * server can't be reached: then all stays as it was.
 */
export async function checkWall(serverId: string, tell: Tell = () => undefined): Promise<LevelReport[]> {
  const server = await findServerToKeep(serverId);
  if (server === null) throw new AppError('not_found', 'This server is not enrolled any more.');
  const { steps, grants } = await findWall(serverId);
  const chosen = (await listChoices(serverId)).map(({ database }) => database);
  const databases = chosen.length > 0 ? chosen : [server.defaultDatabase];
  const reports: LevelReport[] = [];
  for (const level of levels) {
    const login = server.login(level);
    if (login === null) {
      const step = steps.find((each) => each.level === level && each.is_required && each.status === 'failed');
      reports.push(absent(level, step?.message ?? 'No role was given for it.', []));
      continue;
    }
    tell(`Trying what ${login.user} may do`);
    const gaps = await tryDatabases(server, level, databases);
    const open = grants.flatMap((report) =>
      report.gaps.filter(({ message }) => message.startsWith(`${login.user} `)),
    );
    reports.push(judge(level, [...gaps, ...open]));
  }
  await putLevels(serverId, reports);
  return reports;
}

async function tryDatabases(server: Server, level: SharedLevel, databases: string[]): Promise<Gap[]> {
  const login = server.login(level);
  if (login === null) return [];
  const others = (['owner', 'write', 'read'] as const).flatMap((each) => server.login(each)?.user ?? []);
  const above = others.filter((user) => user !== login.user);
  const gaps: Gap[] = [];
  const failures: unknown[] = [];
  for (const database of databases) {
    await tryWall(endpointOf(server, login, database), level, above).then(
      (found) => gaps.push(...found),
      (error) => failures.push(error),
    );
  }
  if (failures.length === databases.length) throw failures[0];
  return gaps;
}

function judge(level: SharedLevel, gaps: Gap[]): LevelReport {
  const breach = gaps.find(({ severity }) => severity === 'breach');
  if (breach !== undefined) {
    return absent(level, `PostgreSQL does not enforce it: ${breach.message} ${breach.fix}`, gaps);
  }
  const isOpen = gaps.some(({ severity }) => severity === 'gap');
  return { level, verdict: isOpen ? 'gaps' : 'enforced', reason: null, gaps };
}

function absent(level: SharedLevel, reason: string, gaps: Gap[]): LevelReport {
  return { level, verdict: 'absent', reason, gaps };
}

/** Synchronises the grants of a server, then tries its wall. Throws AppError. */
export async function refreshWall(serverId: string, tell: Tell = () => undefined): Promise<WallReport> {
  await syncServer(serverId, tell);
  await checkWall(serverId, tell);
  return findWall(serverId);
}
