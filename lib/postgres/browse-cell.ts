import { bytesSql } from './browse-cells';
import { findColumn } from './browse-order';
import { createParams } from './browse-params';
import { rowConditions } from './browse-row';
import { qualifiedName } from './catalog/relation-ddl';
import type { RowSource } from './catalog/row-source';

/** Bytes of a piece: as bytea's text, `\x` and two digits a byte, it is below the limit of a cell. */
const pieceBytes = 32_000;

/** One cell as a statement: rows of number, bytes of the whole, and piece as bytea's text; NULL is one row. */
export type CellPlan = {
  sql: string;
  params: (string | null)[];
  /** Whether the cell's text is bytea's own; else the pieces are the bytes of a text in UTF-8. */
  isBytea: boolean;
};

/**
 * The statement that reads a whole cell in pieces, in one look at the row. The value is unpacked once, since to cut a
 * compressed one it is unpacked up to the cut each time; the offset keeps it from being read again for each piece. The
 * pieces come in order because one row is joined to a series. Throws AppError `invalid`; nothing is sent then.
 */
export function planCell(source: RowSource, row: string, columnName: string): CellPlan {
  const column = findColumn(source, columnName);
  const params = createParams();
  const where = rowConditions(source, row, params).join(' and ');
  const { sql: bytes, isBytea } = bytesSql(column);
  const sql = `select p.number, pg_catalog.octet_length(v.bytes) as size,
  pg_catalog.substr(v.bytes, 1 + p.number * ${pieceBytes}, ${pieceBytes}) as piece
from (select ${bytes} as bytes from ${qualifiedName(source.schema, source.name)} s where ${where} offset 0) v,
  lateral pg_catalog.generate_series(0,
    coalesce(pg_catalog.octet_length(v.bytes) - 1, 0) / ${pieceBytes}) p (number)`;
  return { sql, params: params.values, isBytea };
}
