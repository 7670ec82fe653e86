import type { RelationColumn } from '@/lib/api-types';
import { quoteIdentifier } from '@/lib/sql/literal';

/** Columns beyond this are written as `*`. */
const namedColumns = 40;

type Selected = { schema: string; name: string; columns: readonly Pick<RelationColumn, 'name'>[] };

/** A query over a relation for the editor: complete, fit to change and run. */
export function selectStatement({ schema, name, columns }: Selected): string {
  const isNamed = columns.length > 0 && columns.length <= namedColumns;
  const list = isNamed ? columns.map((column) => quoteIdentifier(column.name)).join(', ') : '*';
  return `select ${list}\nfrom ${quoteIdentifier(schema)}.${quoteIdentifier(name)}\nlimit 100;\n`;
}
