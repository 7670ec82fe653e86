import type { Cell } from '../query-event';
import { quoteIdentifier } from '../sql/literal';
import type { OrderTerm } from './browse-order';
import type { SourceColumn } from './catalog/row-source';
import { cellLimit } from './rows';

/** Characters of all wide cells of one row: four bytes each must fit into one message of the wire. */
const rowCharacters = 3 * 1024 * 1024;

/** pg_type.oid of the two types whose text is not had by a plain cast. */
const byteaOid = 17;
const bpcharOid = 1042;

/** Bytes of an order's value that a cursor carries; a longer one is looked up again by the row's key. */
const valueLimit = 1024;
const keyLimit = 8 * 1024;

/** Characters at which wide cells are cut, fewer where there are very many of them. */
export function cutLength(columns: SourceColumn[]): number {
  const wide = columns.filter(({ is_wide }) => is_wide).length;
  return Math.min(cellLimit, Math.floor(rowCharacters / Math.max(1, wide)));
}

/** A cell's expression over `s`: values without a useful limit are cut on the server, where they are still toasted. */
export function cellSql(column: SourceColumn, length: number): string {
  const name = quoteIdentifier(column.name);
  const cell = `s.${name}`;
  if (!column.is_wide) return cell;
  if (column.type_oid === byteaOid) {
    return `pg_catalog.substr(${cell}, 1, ${Math.floor(length / 2) - 1})::pg_catalog.text as ${name}`;
  }
  return `pg_catalog.left(${textOf(column)}, ${length}) as ${name}`;
}

/** The bytes of each wide cell's whole text, as one JSON array; null where no column is wide. */
export function sizesSql(columns: SourceColumn[]): string | null {
  const sizes = columns.filter(({ is_wide }) => is_wide).map(sizeSql);
  return sizes.length === 0 ? null : `pg_catalog.to_json(array[${sizes.join(', ')}])`;
}

/** The columns of a row whose cells arrived shortened, with the bytes of their whole texts. `sizes` follow the cells. */
export function cutsOfRow(columns: SourceColumn[], row: Cell[]): [column: number, bytes: number][] {
  const sizes = columns.some(({ is_wide }) => is_wide)
    ? (JSON.parse(row[columns.length] ?? '[]') as (number | null)[])
    : [];
  const length = cutLength(columns);
  return columns.flatMap(({ is_wide }, column): [number, number][] => {
    const bytes = is_wide ? (sizes.shift() ?? 0) : 0;
    if (bytes <= length - 4) return [];
    return Buffer.byteLength(row[column] ?? '') < bytes ? [[column, bytes]] : [];
  });
}

function sizeSql(column: SourceColumn): string {
  if (column.type_oid !== byteaOid) return `pg_catalog.octet_length(${textOf(column)})::pg_catalog.int8`;
  return `2 + 2 * pg_catalog.octet_length(s.${quoteIdentifier(column.name)})::pg_catalog.int8`;
}

/** The bytes of a whole cell over `s`, unpacked: a bytea's own, else those of its text. */
export function bytesSql(column: SourceColumn): { sql: string; isBytea: boolean } {
  if (column.type_oid !== byteaOid) {
    return { sql: `pg_catalog.convert_to(${textOf(column)}, 'UTF8')`, isBytea: false };
  }
  const cell = `s.${quoteIdentifier(column.name)}`;
  return { sql: `${cell}::pg_catalog.bytea operator(pg_catalog.||) ''::pg_catalog.bytea`, isBytea: true };
}

/** The text of a wide cell. A cast of character(n) would take its blanks away. */
function textOf(column: SourceColumn): string {
  const cell = `s.${quoteIdentifier(column.name)}`;
  if (column.type_oid !== bpcharOid) return `${cell}::pg_catalog.text`;
  return `case when ${cell} is not null then pg_catalog.format('%s', ${cell}) end`;
}

/**
 * What a cursor needs of each row, as one JSON array: `=text`, null, `~` for a value that is too long to carry, and
 * `!` for a key that is.
 */
export function positionSql(terms: OrderTerm[]): string {
  const values = terms.map(({ sql, isKey }) => {
    const text = `s.${sql}::pg_catalog.text`;
    const [limit, mark] = isKey ? [keyLimit, '!'] : [valueLimit, '~'];
    return `case when pg_catalog.octet_length(${text}) > ${limit} then '${mark}' else '=' || ${text} end`;
  });
  return `pg_catalog.to_json(array[${values.join(', ')}])`;
}
