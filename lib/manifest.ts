/** A table whose rows a dump holds: how many, and their order-free sum where it was taken. Both are figures as text. */
export type TableSum = { schema: string; name: string; rows: string; sum: string | null };

/**
 * Something that a database holds: `is` must be equal in a copy word by word, `sql` as PostgreSQL parses it. `roles` are
 * those that it names, which another server may lack; `about` is the object that it says owner or privileges of.
 */
export type InventoryObject = {
  name: string;
  is: string;
  sql: string | null;
  roles: string[];
  about: string | null;
};

/** Where a sequence stands: its last value, as text, and whether that was given out. */
export type SequenceValue = { name: string; last: string; isCalled: boolean };

/** A sequence before and after a dump, which reads it in between, outside of its snapshot. */
export type SequenceSpan = { name: string; before: SequenceValue; after: SequenceValue };

/**
 * What a database held at one moment: its objects (null where only chosen tables were backed up), its sequences, and its
 * tables' rows.
 */
export type Manifest = {
  objects: InventoryObject[] | null;
  sequences: SequenceSpan[];
  tables: TableSum[];
  problems: string[];
};

/** The name by which tables are told apart. */
export function tableKey({ schema, name }: Pick<TableSum, 'schema' | 'name'>): string {
  return JSON.stringify([schema, name]);
}
