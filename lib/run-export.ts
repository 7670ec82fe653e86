import 'server-only';
import { AppError } from './errors';
import { decodePart } from './postgres/browse-order';
import { listColumns } from './postgres/catalog/columns';
import { qualifiedName } from './postgres/catalog/relation-ddl';
import { type ExportRequest, exportedColumns, planExport } from './postgres/export-plan';
import { openTarget, withConnection } from './postgres/target';
import { openSource } from './run-browse';
import { type ExportOptions, type ExportPlan, type OpenExport, openExport } from './run-copy';
import { readScript } from './script';
import type { Actor } from './server';
import { checkStorable } from './storable';
import { findServer } from './store/servers';

/** `relation`: its schema and name, each percent-encoded, joined by a point. */
export type RelationExport = { server: string; database: string; relation: string } & ExportRequest;

export type QueryExport = { server: string; database: string; sql: string; params: (string | null)[] };

/**
 * All rows of a relation under the filters, at the read level, as one run of kind `export`. Throws AppError: `not_found`,
 * `invalid` for what the request should not say (nothing is sent then), and what PostgreSQL says before the first row.
 */
export async function exportRelation(
  actor: Actor,
  wanted: RelationExport,
  options: ExportOptions,
  signal: AbortSignal,
): Promise<OpenExport> {
  return openExport(await planRelation(actor, wanted, options), signal);
}

/**
 * All rows of one query of a person, at the read level whatever the person's own, as one run of kind `export`. Throws
 * AppError: `invalid` for what is no query, and what PostgreSQL says before the first row.
 */
export async function exportQuery(
  actor: Actor,
  wanted: QueryExport,
  options: ExportOptions,
  signal: AbortSignal,
): Promise<OpenExport> {
  return openExport(await planQuery(actor, wanted, options), signal);
}

/** What exportRelation() is going to do. Throws AppError. */
export async function planRelation(
  actor: Actor,
  { server, database, relation: joined, ...request }: RelationExport,
  options: ExportOptions,
): Promise<ExportPlan> {
  const [schema = '', relation = ''] = joined.split('.').map(decodePart);
  for (const name of [schema, relation]) checkStorable(name, 'relation');
  const { target, source } = await openSource(actor, { server, database, schema, relation });
  const isSql = options.format === 'sql';
  const stored = isSql ? await withConnection(target, (client) => listColumns(client, source.oid)) : [];
  const isGenerated = (name: string) => stored.some((each) => each.name === name && each.generated !== null);
  const columns = exportedColumns(source, request.columns).filter(({ name }) => !isGenerated(name));
  const { sql: query, params } = planExport(source, columns, request);
  const insertInto = {
    table: qualifiedName(schema, relation),
    isOverriding: columns.some(({ name }) =>
      stored.some((each) => each.name === name && each.identity === 'always'),
    ),
  };
  return {
    ...{ actor, target, query, params, insertInto, options },
    fields: columns,
    name: [database, schema, relation],
  };
}

/** What exportQuery() is going to do. Throws AppError. */
export async function planQuery(
  actor: Actor,
  { server: slug, database, sql, params }: QueryExport,
  options: ExportOptions,
): Promise<ExportPlan> {
  const server = await findServer(actor, slug);
  params.forEach((param, index) => {
    if (param !== null) checkStorable(param, `Parameter $${index + 1}`);
  });
  const target = openTarget(actor, server, database, 'read');
  const rules = { level: 'read' as const, isOneTransaction: true, hasParams: params.length > 0 };
  const [statement, ...more] = readScript(sql, rules);
  if (statement === undefined || more.length > 0) {
    throw new AppError('invalid', `An export takes one query; the text has ${more.length + 1} statements.`, {
      hint: 'Select the one whose rows you want.',
    });
  }
  if (statement.failure !== null) throw statement.failure;
  return {
    ...{ actor, target, query: statement.text, params, fields: null, options },
    insertInto: { table: 'result', isOverriding: false },
    name: [database, 'result'],
  };
}
