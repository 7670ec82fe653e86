import type { RelationColumn } from '@/lib/api-types';

/** A column as its editor needs to know it. */
export type EditColumn = Pick<
  RelationColumn,
  'name' | 'type' | 'type_oid' | 'nullable' | 'default' | 'identity' | 'generated' | 'enum_labels'
>;

const boolOid = 16;

/** Why no value can be written into a column; null where one can. */
export function whyClosed({ generated, identity }: EditColumn): string | null {
  if (generated !== null) return 'PostgreSQL computes it from other columns.';
  return identity === 'always' ? 'PostgreSQL numbers it itself (generated always as identity).' : null;
}

/** The texts that a column may hold where they are few; null where anything may be typed. */
export function choicesOf({ type_oid, enum_labels }: EditColumn): readonly string[] | null {
  if (type_oid === boolOid) return ['t', 'f'];
  return enum_labels ?? null;
}

/** What an insert puts in when nothing is said. */
export function hasDefault(column: EditColumn): boolean {
  return column.default !== null || column.identity !== null;
}
