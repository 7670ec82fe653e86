import type { Assignment, RowChange, ShownCell, ShownRow } from '../edit-types';
import { AppError } from '../errors';
import type { Cell } from '../query-event';
import { quoteIdentifier } from '../sql/literal';
import { cellSql, cutLength, cutsOfRow, sizesSql } from './browse-cells';
import { qualifiedName } from './catalog/relation-ddl';
import type { RowSource, SourceColumn } from './catalog/row-source';
import { constantOf } from './edit-literal';
import { columnOf, rowCondition } from './edit-row';

/** One change as statements. */
export type ChangePlan = {
  /** Reads the row as a page would and holds it; null for an insert. */
  lock: RowLock | null;
  /** What changes exactly one row. */
  sql: string;
};

export type RowLock = { sql: string; row: ShownRow; columns: SourceColumn[] };

/** The statements of a change. Throws AppError `invalid` for what it should not say; nothing is sent then. */
export function planChange(source: RowSource, change: RowChange): ChangePlan {
  const relation = qualifiedName(source.schema, source.name);
  if (change.type === 'insert') return { lock: null, sql: insertSql(source, relation, change.set) };
  const where = rowCondition(source, change.row);
  const lock = lockRow(source, relation, change.row, where);
  if (change.type === 'delete') return { lock, sql: `delete from ${relation} s where ${where}` };
  const list = assignments(source, change.set).map(([name, value]) => `${name} = ${value}`);
  if (list.length === 0) throw new AppError('invalid', 'An update names no column.');
  return { lock, sql: `update ${relation} s set ${list.join(', ')} where ${where}` };
}

function insertSql(source: RowSource, relation: string, set: Assignment[]): string {
  const list = assignments(source, set);
  if (list.length === 0) return `insert into ${relation} default values`;
  const names = list.map(([name]) => name).join(', ');
  return `insert into ${relation} (${names}) values (${list.map(([, value]) => value).join(', ')})`;
}

function assignments(source: RowSource, set: Assignment[]): [name: string, value: string][] {
  const twice = set.find(({ column }, index) => set.findIndex((other) => other.column === column) < index);
  if (twice) throw new AppError('invalid', `The column "${twice.column}" is set twice in one change.`);
  return set.map((assignment) => {
    const column = columnOf(source, assignment.column);
    const value = 'value' in assignment ? constantOf(column, assignment.value) : 'default';
    return [quoteIdentifier(column.name), value];
  });
}

function lockRow(source: RowSource, relation: string, row: ShownRow, where: string): RowLock {
  const columns = source.columns.filter(({ is_readable }) => is_readable);
  for (const { column } of row.cells) columnOf(source, column);
  const sizes = sizesSql(columns);
  const cells = [
    ...columns.map((column) => cellSql(column, cutLength(columns))),
    ...(sizes === null ? [] : [sizes]),
  ];
  return { sql: `select ${cells.join(', ')} from ${relation} s where ${where} for update`, row, columns };
}

/** The row that a lock has read, as a page would show it. */
export function readLocked({ columns }: RowLock, row: Cell[]): ShownCell[] {
  const cuts = new Map(cutsOfRow(columns, row));
  return columns.map(({ name }, index) => {
    const bytes = cuts.get(index);
    return { column: name, value: row[index] ?? null, ...(bytes === undefined ? {} : { bytes }) };
  });
}

/** Whether a row still is what was shown of it, wherever the page had a cell. */
export function isUnchanged({ row }: RowLock, now: ShownCell[]): boolean {
  return row.cells.every((shown) => {
    const cell = now.find(({ column }) => column === shown.column);
    return cell !== undefined && cell.value === shown.value && cell.bytes === shown.bytes;
  });
}
