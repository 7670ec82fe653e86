import type { ShownRow } from '../edit-types';
import { AppError } from '../errors';
import { checkStorable } from '../storable';
import { rowTerms } from './browse-order';
import { operator } from './browse-params';
import { rowConditions } from './browse-row';
import type { RowSource, SourceColumn } from './catalog/row-source';
import { constantOf, inlined } from './edit-literal';

/** Kinds whose rows can be changed one by one. */
const edited = ['table', 'partitioned_table', 'view', 'foreign_table'];

/**
 * pg_type.oid of the types that PostgreSQL itself compares with their own: a plain `=` finds that operator first,
 * whatever stands in search_path.
 */
const plainlyCompared = [16, 17, 20, 21, 23, 25, 26, 700, 701, 1082, 1114, 1184, 1700, 2950];

/**
 * The condition over `s` that one row meets: its key's values as they were shown, else where it lies. Throws AppError
 * `invalid` where nothing names a row.
 */
export function rowCondition(source: RowSource, { cells, word }: ShownRow): string {
  const terms = edited.includes(source.kind) ? rowTerms(source) : null;
  if (terms === null) throw namelessRow(source);
  if (terms.some(({ column }) => column === null)) {
    if (word === undefined) throw namelessRow(source);
    return rowConditions(source, word, inlined).join(' and ');
  }
  const conditions = terms.map(({ sql, column: name, cast, isSystem }) => {
    const column = columnOf(source, name ?? '');
    const shown = cells.find((cell) => cell.column === column.name);
    if (typeof shown?.value !== 'string' || shown.bytes !== undefined) throw keylessRow(column.name);
    checkStorable(shown.value, 'The key of the row');
    return plainlyCompared.includes(column.type_oid)
      ? `s.${sql} = ${constantOf(column, shown.value)}`
      : `s.${sql} ${operator('=', isSystem)} ${inlined.bind(shown.value, cast)}`;
  });
  return conditions.join(' and ');
}

/** A column that the level may see. Throws AppError `invalid` for any other. */
export function columnOf(source: RowSource, name: string): SourceColumn {
  const found = source.columns.find((column) => column.name === name && column.is_readable);
  if (found !== undefined) return found;
  throw new AppError(
    'invalid',
    `There is no column "${name}" in ${source.schema}.${source.name} to change.`,
    {
      hint: 'It may have been dropped or renamed meanwhile, or it is masked. Read the rows again.',
    },
  );
}

function namelessRow({ schema, name }: RowSource): AppError {
  return new AppError(
    'invalid',
    `Nothing names one row of ${schema}.${name}, so none can be changed alone.`,
    {
      hint: 'Write an UPDATE or DELETE in the editor, or give the table a primary key.',
    },
  );
}

function keylessRow(column: string): AppError {
  return new AppError('invalid', `The row is named by ${column}, whose whole value is not given.`, {
    hint: 'Send the cells of the row as the page showed them. A value that arrived cut names no row.',
  });
}
