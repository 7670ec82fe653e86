import type { RelationReference, RowForeignKey, RowsPage } from '@/lib/api-types';
import type { Cell } from '@/lib/query-event';
import type { Condition } from '../conditions';

type ShownPage = Pick<RowsPage, 'fields' | 'rows' | 'cut'>;

/** Rows of a relation that a row is tied to: those with these values. */
export type RowLink = {
  schema: string;
  relation: string;
  /** The columns on this side of the key. */
  columns: readonly string[];
  filter: Condition[];
};

/** What a row points at, and who points at it. */
export type RowTies = { to: RowLink[]; from: RowLink[] };

/** The ties of a row of a page. */
export function tiesOf(
  page: ShownPage & Pick<RowsPage, 'foreign_keys'>,
  references: readonly RelationReference[],
  row: number,
): RowTies {
  return { to: pointedAt(page, page.foreign_keys, row), from: pointingAt(page, references, row) };
}

/** The rows that a row's foreign keys point at; a key that holds NULL, or a value that arrived cut, points at none. */
export function pointedAt(page: ShownPage, keys: readonly RowForeignKey[], row: number): RowLink[] {
  return keys.flatMap(({ schema, relation, columns, foreign_columns }) => {
    const filter = conditions(page, row, columns, foreign_columns);
    return filter === null ? [] : [{ schema, relation, columns, filter }];
  });
}

/** The rows of other relations that point at a row. */
export function pointingAt(
  page: ShownPage,
  references: readonly RelationReference[],
  row: number,
): RowLink[] {
  return references.flatMap(({ schema, relation, columns, foreign_columns }) => {
    const filter = conditions(page, row, foreign_columns, columns);
    return filter === null ? [] : [{ schema, relation, columns, filter }];
  });
}

/** That the columns of another relation hold what the row holds in its own; null where one of those is not known. */
function conditions(
  { fields, rows, cut }: ShownPage,
  row: number,
  own: readonly string[],
  others: readonly string[],
): Condition[] | null {
  const found = own.map((name, place): Condition | null => {
    const at = fields.findIndex((field) => field.name === name);
    const value: Cell = rows[row]?.[at] ?? null;
    const column = others[place];
    const isCut = cut.some(([cutRow, cutColumn]) => cutRow === row && cutColumn === at);
    return value === null || column === undefined || isCut ? null : { column, operator: 'eq', value };
  });
  return found.length > 0 && found.every((condition) => condition !== null) ? found : null;
}
