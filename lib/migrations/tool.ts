import type { QueryExecutorProvider } from 'kysely';
import type { MigrationHistory, MigrationProblem, MigrationTool } from './history';

/** What runs our SQL: any Kysely handle, over a target's connection or over the store. */
export type Db = QueryExecutorProvider;

/** A column; its type is null where it is not one of PostgreSQL's own. */
export type Column = {
  name: string;
  type: string | null;
  /** Whether the connected role may select it. */
  isReadable: boolean;
  /** Whether it alone identifies a row. */
  isUnique: boolean;
};

/** A table that may hold a migration history. */
export type Relation = { schema: string; name: string; columns: Column[] };

/** A column's name for each word that a tool knows it by; null where the table lacks an optional one. */
export type Shape<K extends string = string> = Record<K, string | null>;

/** Rows of a history as text, oldest first; `total` counts those that the limit left out too. */
export type Rows<K extends string = string> = { rows: Record<K, string | null>[]; total: number };

/** What a tool makes of its rows. */
export type Reading = Pick<MigrationHistory, 'current' | 'heads' | 'items' | 'apps' | 'problems'>;

/** One migration tool: how its table looks, and what the rows say. */
export type Tool = {
  tool: MigrationTool;
  /** What the tool calls its table unless told otherwise, all in lower case. */
  usualNames: readonly string[];
  /** Which columns hold what, or null for a table that is not this tool's. */
  detect(relation: Relation): Shape | null;
  /** Reads at most `limit` rows, the newest. */
  read(db: Db, relation: Relation, shape: Shape, limit: number): Promise<Reading & { total: number }>;
  /** Why heads, pending migrations or a percentage are absent. */
  note: string;
};

const integers = ['int2', 'int4', 'int8'];
const times = ['timestamptz', 'timestamp'];

/** Families of PostgreSQL's types, by pg_type's names. */
export const kinds = {
  integer: integers,
  number: [...integers, 'numeric'],
  text: ['text', 'varchar', 'bpchar'],
  time: times,
  day: [...times, 'date'],
  truth: ['bool'],
} as const satisfies Record<string, readonly string[]>;

/** What a hand-made history calls the time at which a version was applied. */
export const timeNames = [
  'applied_at',
  'applied_on',
  'installed_at',
  'installed_on',
  'executed_at',
  'migrated_at',
  'run_on',
  'applied',
] as const;

/** The first of `names` that the table has with a type of this kind; null when there is none. */
export function findColumn(
  { columns }: Relation,
  names: readonly string[],
  types: readonly string[],
): Column | null {
  const found = names.map((name) => columns.find((column) => column.name === name));
  return found.find((column) => column?.type != null && types.includes(column.type)) ?? null;
}

/** Whether the table bears one of the tool's usual names, whatever the case. */
export function isUsual({ name }: Relation, usualNames: readonly string[]): boolean {
  return usualNames.includes(name.toLowerCase());
}

/** A problem for each value that occurs twice; `what` names the value in the message. */
export function findDuplicates(values: readonly string[], what: string): MigrationProblem[] {
  const twice = new Set(values.filter((value, index) => values.indexOf(value) !== index));
  return [...twice].slice(0, 20).map((value) => ({
    code: 'duplicate',
    severity: 'warning',
    message: `The ${what} ${value} is recorded more than once. One of the rows was written by hand or by two runs at once.`,
  }));
}

/** The items by what `keyOf` says of each, in the order in which the keys first come. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): [K, T[]][] {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups];
}
