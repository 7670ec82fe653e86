import type { Field } from '@/lib/query-event';

/** What a column holds, as far as its icon and its alignment care. */
export type ColumnKind =
  | 'number'
  | 'text'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'timestamptz'
  | 'json'
  | 'uuid'
  | 'binary'
  | 'array'
  | 'other';

/** pg_type.oid of the types that ship with PostgreSQL; they never change. */
const kinds = new Map<number, ColumnKind>([
  ...[20, 21, 23, 26, 28, 700, 701, 790, 1700, 5069].map((oid) => [oid, 'number'] as const),
  ...[18, 19, 25, 1042, 1043].map((oid) => [oid, 'text'] as const),
  ...[114, 3802].map((oid) => [oid, 'json'] as const),
  ...[1082, 1083, 1266, 1186].map((oid) => [oid, 'date'] as const),
  [16, 'boolean'],
  [17, 'binary'],
  [1114, 'timestamp'],
  [1184, 'timestamptz'],
  [2950, 'uuid'],
]);

/** From this oid on types are people's own. */
const firstUserOid = 16_384;

/** The kind of a column by its type's oid. */
export function columnKind(field: Field): ColumnKind {
  return kinds.get(field.type_oid) ?? (isArray(field) ? 'array' : 'other');
}

/** The type's name as people write it: PostgreSQL's own `_int4` is `int4[]`. */
export function typeLabel(field: Field): string {
  return isBuiltInArray(field) ? `${field.type.slice(1)}[]` : field.type;
}

function isArray(field: Field): boolean {
  return field.type.endsWith('[]') || isBuiltInArray(field);
}

function isBuiltInArray(field: Field): boolean {
  return field.type.startsWith('_') && field.type_oid < firstUserOid;
}
