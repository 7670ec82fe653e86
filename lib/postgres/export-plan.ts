import { AppError } from '../errors';
import { quoteIdentifier } from '../sql/literal';
import { filterConditions } from './browse-filter';
import { decodePart, findColumn, orderBy, orderRows } from './browse-order';
import { createParams } from './browse-params';
import { whereOf } from './browse-select';
import { qualifiedName } from './catalog/relation-ddl';
import type { RowSource, SourceColumn } from './catalog/row-source';

/** Which rows of a relation, as the rows route takes them from a URL. */
export type ExportRequest = {
  sort?: string;
  filters: string[];
  /** The columns in the order wanted, percent-encoded and joined by commas; all of them without it. */
  columns?: string;
};

/** The columns of an export, of those that the level may see. Throws AppError `invalid` for any other, and for one twice. */
export function exportedColumns(source: RowSource, wanted: string | undefined): SourceColumn[] {
  if (wanted === undefined) return source.columns.filter(({ is_readable }) => is_readable);
  const columns = wanted.split(',').map((name) => findColumn(source, decodePart(name)));
  const twice = columns.find((column, index) => columns.indexOf(column) < index);
  if (twice === undefined) return columns;
  throw new AppError('invalid', `The export names the column "${twice.name}" twice.`);
}

/**
 * The query of all rows of a relation under the filters, in the order asked for, of the given columns, none of them cut.
 * Without a sort they come as PostgreSQL finds them: ordering a large table for nothing would take its time and its disk.
 * Throws AppError `invalid` for what the request should not say.
 */
export function planExport(
  source: RowSource,
  columns: SourceColumn[],
  { sort, filters }: ExportRequest,
): { sql: string; params: (string | null)[] } {
  const params = createParams();
  const terms = sort === undefined ? [] : orderRows(source, sort).terms;
  const where = whereOf(filterConditions(source, filters, params));
  const list = columns.map(({ name }) => `t.${quoteIdentifier(name)}`).join(', ');
  const from = `from ${qualifiedName(source.schema, source.name)} t`;
  return { sql: `select ${list} ${from}${where}${orderBy(terms, 't')}`, params: params.values };
}
