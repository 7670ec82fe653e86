import 'server-only';
import type pg from 'pg';
import { quoteIdentifier } from '../sql/literal';
import type { DatabaseChoice, GrantsReport, SharedLevel } from '../wall-types';
import {
  type GrantableSchema,
  listColumnNames,
  listRelationGrants,
  listSchemaGrants,
} from './catalog/grants';
import type { Endpoint } from './connection';
import { findGaps } from './grant-gaps';
import { followMasks, type Masks } from './masks';
import { withClient } from './target';
import { changesOf, type Wanted, wantedOn } from './wanted-grants';

/** The login roles of a database's levels; a level that does not exist has none. */
export type LevelRoles = { [level in SharedLevel]: string | null };

/**
 * Brings the grants of both levels in one database to what was chosen: nothing outside the chosen schemas, nothing on
 * masked columns and on what shows them, all else in those schemas. It sends only what differs, so that it may run
 * every minute; a relation is closed until it has run. `endpoint` is the owner's. What PostgreSQL refuses is in the
 * answer. Throws AppError when the database can't be reached.
 */
export async function syncGrants(
  endpoint: Endpoint,
  roles: LevelRoles,
  choice: DatabaseChoice,
): Promise<GrantsReport> {
  return withClient(endpoint, async (client) => {
    await client.query("begin; set local search_path = ''; set local lock_timeout = '2s'");
    // One at a time: two GRANTs on one relation at once are an error of PostgreSQL ("tuple concurrently updated").
    await client.query("select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('howdah.syncGrants'))");
    const report = await sync(client, roles, choice);
    await client.query('commit');
    return report;
  });
}

/**
 * What syncGrants() would do in one database and what stands open there, changed by nobody: for a server of which Howdah
 * has no owner. `endpoint` may be any role's. Throws AppError when the database can't be reached.
 */
export async function inspectGrants(
  endpoint: Endpoint,
  roles: LevelRoles,
  choice: DatabaseChoice,
): Promise<GrantsReport> {
  return readOnly(endpoint, async (client) => {
    const { changes, report } = await plan(client, roles, choice);
    const problems = changes.length === 0 ? [] : [needsScript(changes.length)];
    return { ...(await report()), changed: 0, problems };
  });
}

/**
 * The statements that syncGrants() would send in one database, for a DBA to run. `endpoint` may be any role's. Throws
 * AppError when the database can't be reached.
 */
export async function listMissingGrants(
  endpoint: Endpoint,
  roles: LevelRoles,
  choice: DatabaseChoice,
): Promise<string[]> {
  return readOnly(endpoint, async (client) => (await plan(client, roles, choice)).changes.flat());
}

function readOnly<T>(endpoint: Endpoint, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(endpoint, async (client) => {
    await client.query("begin transaction read only; set local search_path = ''");
    return work(client);
  });
}

function needsScript(count: number): string {
  return `${count} objects are not granted as they were chosen, and Howdah has no owner here that could: let a DBA run the script again.`;
}

async function sync(client: pg.Client, roles: LevelRoles, choice: DatabaseChoice): Promise<GrantsReport> {
  const { changes, report } = await plan(client, roles, choice);
  const problems = await applyAll(client, changes);
  return { ...(await report()), changed: changes.flat().length, problems };
}

/** The statements that are needed, by object, and the report to be made once they were sent. */
async function plan(client: pg.Client, roles: LevelRoles, choice: DatabaseChoice) {
  const named = rolesOf(roles);
  const names = named.map(({ role }) => role);
  const relations = await listRelationGrants(client, names);
  const withheld = await followMasks(client, relations, choice.masks);
  const columns = await listColumnNames(client, [...withheld.keys()]);
  const changes = [
    await connectGrant(client, named, choice),
    ...(await listSchemaGrants(client, names)).map((schema) => schemaChanges(schema, named, choice)),
    ...relations.map((relation) =>
      named.flatMap(({ level, role }) => {
        const isChosen = choice.schemas.includes(relation.schema);
        const wanted: Wanted = isChosen
          ? wantedOn(relation, level, withheld.get(relation.oid), columns.get(relation.oid) ?? [])
          : { whole: [], columns: {} };
        return changesOf(relation, role, wanted);
      }),
    ),
  ].filter((statements) => statements.length > 0);
  const report = async () => ({
    database: choice.database,
    withheld: describe(relations, withheld, choice),
    gaps: await findGaps(client, named, choice, withheld),
  });
  return { changes, report };
}

function rolesOf(roles: LevelRoles): { level: SharedLevel; role: string }[] {
  return (['read', 'write'] as const).flatMap((level) => {
    const role = roles[level];
    return role === null ? [] : [{ level, role }];
  });
}

type Named = ReturnType<typeof rolesOf>;

async function connectGrant(client: pg.Client, names: Named, { database, schemas }: DatabaseChoice) {
  if (schemas.length === 0) return [];
  const { rows } = await client.query<{ role: string }>(
    `select r.rolname as role from pg_catalog.pg_roles r
      where r.rolname = any ($1::pg_catalog.text[])
        and not pg_catalog.has_database_privilege(r.oid, pg_catalog.current_database(), 'connect')`,
    [names.map(({ role }) => role)],
  );
  return rows.map(
    ({ role }) => `grant connect on database ${quoteIdentifier(database)} to ${quoteIdentifier(role)}`,
  );
}

function schemaChanges(
  { name, granted }: GrantableSchema,
  names: Named,
  { schemas }: DatabaseChoice,
): string[] {
  const isChosen = schemas.includes(name);
  return names.flatMap(({ role }) => {
    const held = granted[role] ?? [];
    const on = `on schema ${quoteIdentifier(name)}`;
    const surplus = held.filter((privilege) => privilege !== 'USAGE' || !isChosen);
    return [
      ...surplus.map((privilege) => `revoke ${privilege.toLowerCase()} ${on} from ${quoteIdentifier(role)}`),
      ...(isChosen && !held.includes('USAGE') ? [`grant usage ${on} to ${quoteIdentifier(role)}`] : []),
    ];
  });
}

/** Each object's statements in one message and under one savepoint: all of them, or none and a problem. */
async function applyAll(client: pg.Client, changes: string[][]): Promise<string[]> {
  const problems: string[] = [];
  for (const statements of changes) {
    await client
      .query(['savepoint one', ...statements, 'release one'].join('; '))
      .catch(async (error: Error) => {
        await client.query('rollback to one; release one');
        problems.push(`${statements[0]}: ${error.message}`);
      });
  }
  return problems;
}

function describe(
  relations: { oid: string; schema: string; name: string }[],
  withheld: Masks,
  { schemas }: DatabaseChoice,
): GrantsReport['withheld'] {
  return relations.flatMap(({ oid, schema, name }) => {
    const found = schemas.includes(schema) ? withheld.get(oid) : undefined;
    if (found === undefined) return [];
    const columns = found.columns === 'all' ? null : [...found.columns].sort();
    return [{ schema, relation: name, columns, why: found.why }];
  });
}
