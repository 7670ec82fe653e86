import type { Page, RelationSummary } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import { relationKey } from './tree-rows';

/** How far the relations of one schema have been read; `next` is null when all are here, '' when none is. */
export type SchemaState = { next: string | null; status: 'ready' | 'loading' | 'failed' };

/** What the browser knows of a database's relations. */
export type RelationStore = {
  items: readonly RelationSummary[];
  schemas: ReadonlyMap<string, SchemaState>;
  status: 'loading' | 'ready' | 'failed';
  error: ErrorBody | null;
};

export const emptyStore: RelationStore = { items: [], schemas: new Map(), status: 'loading', error: null };

/**
 * The store after the first page of all relations, which come by schema and name: the schemas before the last one are
 * complete, the last one goes on at the cursor, and those of `names` that follow it are still to be read.
 */
export function firstStore(page: Page<RelationSummary>, names: readonly string[]): RelationStore {
  const schemas = new Map<string, SchemaState>();
  for (const { schema } of page.items) schemas.set(schema, { next: null, status: 'ready' });
  const last = page.items.at(-1)?.schema;
  if (page.next !== null && last !== undefined) {
    schemas.set(last, { next: page.next, status: 'ready' });
    for (const name of names.slice(names.indexOf(last) + 1)) schemas.set(name, { next: '', status: 'ready' });
  }
  return { items: page.items, schemas, status: 'ready', error: null };
}

/** The store with one more page of a schema. */
export function withPage(store: RelationStore, schema: string, page: Page<RelationSummary>): RelationStore {
  const items = withItems(store.items, page.items);
  return { ...withSchema(store, schema, { next: page.next, status: 'ready' }), items };
}

/** The store with another state of a schema. */
export function withSchema(store: RelationStore, schema: string, state: Partial<SchemaState>): RelationStore {
  const before = store.schemas.get(schema);
  if (!before) return store;
  return { ...store, schemas: new Map(store.schemas).set(schema, { ...before, ...state }) };
}

/** The lists as one, each relation once. */
export function withItems(
  items: readonly RelationSummary[],
  more: readonly RelationSummary[],
): readonly RelationSummary[] {
  const known = new Set(items.map(relationKey));
  return [...items, ...more.filter((relation) => !known.has(relationKey(relation)))];
}

/** Whether every relation of the database is here. */
export function isComplete({ status, schemas }: RelationStore): boolean {
  return status === 'ready' && [...schemas.values()].every(({ next }) => next === null);
}
