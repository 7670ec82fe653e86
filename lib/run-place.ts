import 'server-only';
import type { RowsPage } from './api-types';
import { orderRows, type RowOrdering } from './postgres/browse-order';
import type { PageRequest, Place } from './postgres/browse-page';
import { placeAt } from './postgres/browse-place';
import { planSample } from './postgres/browse-sample';
import { readSpread, type Spread } from './postgres/catalog/column-statistics';
import type { RowSource } from './postgres/catalog/row-source';
import { type Target, withConnection } from './postgres/target';
import type { ReadResult, ReadStatement } from './run-read';
import { singleton } from './singleton';

/** Where a page begins, and how that is known; `from` is null for the first row. */
export type FoundPlace = { from: Place | null; told: NonNullable<RowsPage['place']> };

/**
 * Where a fraction of a relation's rows is passed: by its statistics, else by counting, all rows or a sample of them. Null
 * at the ends, and where nothing says how the rows spread.
 */
export async function findPlace(
  target: Target,
  source: RowSource,
  { at, sort, filters }: PageRequest,
  read: (statement: ReadStatement) => Promise<ReadResult>,
): Promise<FoundPlace | null> {
  if (at === undefined || at === 0 || at === 1) return null;
  const ordering = orderRows(source, sort);
  const sample = planSample(source, ordering, filters, at);
  if (filters.length === 0 && !sample?.isExact) {
    const values = placeAt(ordering.terms, await spreadsOf(target, source, ordering), at);
    if (values !== null) return found(values, { by: 'statistics', is_exact: false });
  }
  if (sample === null) return null;
  const { rows } = await read({ kind: 'browse', sql: sample.sql, params: sample.params });
  const [passed, ...values] = rows[0] ?? [];
  const told = { by: sample.isExact ? 'count' : 'sample', is_exact: sample.isExact } as const;
  return passed === undefined || passed === '0' ? { from: null, told } : found(values, told);
}

function found(values: (string | null)[], told: FoundPlace['told']): FoundPlace {
  return { from: { type: 'place', values }, told };
}

type Known = { spread: Spread | null; until: number };

/** Statistics change when a table is analysed, which is rare. */
const knownMs = 60_000;
const mostKnown = 2_000;

/** How the columns of an order spread; null for what is not a column. */
function spreadsOf(target: Target, source: RowSource, { terms }: RowOrdering): Promise<(Spread | null)[]> {
  const columns = terms.map(({ column }) => source.columns.find(({ name }) => name === column));
  return Promise.all(
    columns.map((column) => (column === undefined ? null : spreadOf(target, source, column))),
  );
}

async function spreadOf(target: Target, source: RowSource, column: RowSource['columns'][number]) {
  const known = singleton('browse.spreads', () => new Map<string, Known>());
  const { server, database, level } = target;
  const key = JSON.stringify([
    server.id,
    server.fingerprint(level),
    level,
    database,
    source.oid,
    column.number,
  ]);
  const before = known.get(key);
  if (before !== undefined && before.until > Date.now()) return before.spread;
  const spread = await withConnection(target, (client) => readSpread(client, source, column));
  if (known.size >= mostKnown) known.clear();
  known.set(key, { spread, until: Date.now() + knownMs });
  return spread;
}
