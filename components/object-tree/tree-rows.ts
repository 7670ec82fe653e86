import type { RelationKind, RelationSummary } from '@/lib/api-types';
import { kindOrder } from './kinds';
import type { SchemaState } from './relation-store';

/**
 * One line of the tree. `key` is unique; `isOpen` says whether the lines below a group are shown, `isPart` whether the
 * group has more than the browser knows. `more` stands where a schema is to be read on.
 */
export type TreeRow =
  | { type: 'schema'; key: string; schema: string; count: number; isOpen: boolean; isPart: boolean }
  | {
      type: 'kind';
      key: string;
      schema: string;
      kind: RelationKind;
      count: number;
      isOpen: boolean;
      isPart: boolean;
    }
  | { type: 'relation'; key: string; relation: RelationSummary }
  | { type: 'more'; key: string; schema: string; count: number; status: SchemaState['status'] };

/** What the tree shows: relations in any order, and how far each schema has been read. */
export type TreeContent = {
  items: readonly RelationSummary[];
  schemas: ReadonlyMap<string, SchemaState>;
  /** Everything found is shown, whatever is closed. */
  isSearch: boolean;
};

/** The key of a relation's line. JSON, since a name may hold any character. */
export function relationKey({ schema, name }: { schema: string; name: string }): string {
  return JSON.stringify([schema, name]);
}

/** The key of a schema's line. */
export function schemaKey(schema: string): string {
  return JSON.stringify([schema]);
}

/** The lines of the tree: schemas, in each the kinds that it has, in each their relations by name. */
export function treeRows(content: TreeContent, isOpen: (key: string) => boolean): TreeRow[] {
  const groups = groupBy(content.items, ({ schema }) => schema);
  const names = new Set([...groups.keys(), ...content.schemas.keys()]);
  return [...names].sort(compare).flatMap((schema) => {
    const members = groups.get(schema) ?? [];
    const state = content.schemas.get(schema);
    const isPart = state !== undefined && state.next !== null;
    const key = schemaKey(schema);
    const isShown = content.isSearch || isOpen(key);
    const head: TreeRow = { type: 'schema', key, schema, count: members.length, isOpen: isShown, isPart };
    if (!isShown) return [head];
    const isAll = (group: string) => content.isSearch || isOpen(group);
    const more: TreeRow = {
      ...{ type: 'more', key: JSON.stringify([schema, null]), schema },
      ...{ count: members.length, status: state?.status ?? 'ready' },
    };
    return [head, ...kindRows(schema, members, isPart, isAll), ...(isPart ? [more] : [])];
  });
}

function kindRows(
  schema: string,
  relations: readonly RelationSummary[],
  isPart: boolean,
  isOpen: (key: string) => boolean,
): TreeRow[] {
  const groups = groupBy(relations, ({ kind }) => kind);
  return kindOrder.flatMap((kind): TreeRow[] => {
    const members = groups.get(kind);
    if (!members) return [];
    const key = JSON.stringify([schema, null, kind]);
    const isShown = isOpen(key);
    const head: TreeRow = {
      ...{ type: 'kind', key, schema, kind, count: members.length, isOpen: isShown, isPart },
    };
    return isShown ? [head, ...members.map(relationRow).sort(byRelation)] : [head];
  });
}

/** Where typing leads: the next line after `from` whose name begins with the text, around the end; -1 for none. */
export function findByPrefix(rows: readonly TreeRow[], from: number, prefix: string): number {
  const wanted = prefix.toLowerCase();
  for (let step = 0; step < rows.length; step += 1) {
    const index = (from + step) % rows.length;
    const row = rows[index];
    if (row && nameOf(row).toLowerCase().startsWith(wanted)) return index;
  }
  return -1;
}

/** The line of the group that holds a line; -1 for a schema. */
export function parentOf(rows: readonly TreeRow[], index: number): number {
  const depth = depthOf(rows[index]);
  for (let above = index - 1; above >= 0; above -= 1) if (depthOf(rows[above]) < depth) return above;
  return -1;
}

/** 1 for a schema, 2 for what is right below it, 3 for a relation. */
export function depthOf(row: TreeRow | undefined): number {
  if (row?.type === 'relation') return 3;
  return row?.type === 'kind' || row?.type === 'more' ? 2 : 1;
}

function nameOf(row: TreeRow): string {
  if (row.type === 'relation') return row.relation.name;
  if (row.type === 'more') return '';
  return row.type === 'schema' ? row.schema : row.kind;
}

function relationRow(relation: RelationSummary): Extract<TreeRow, { type: 'relation' }> {
  return { type: 'relation', key: relationKey(relation), relation };
}

type RelationRow = ReturnType<typeof relationRow>;

function byRelation(a: RelationRow, b: RelationRow): number {
  return compare(a.relation.name, b.relation.name);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
