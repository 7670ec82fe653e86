import type { Cell } from '@/lib/query-event';
import { type Bounds, rowsOf } from './grid-selection';

/**
 * The selected cells as text, in the order in which the columns are shown: one cell as it is, more as tab-separated values with quotes only where a value
 * holds a tab, a line break or a quote, as spreadsheets read it. NULL is empty.
 */
export function toTsv(rows: readonly Cell[][], bounds: Bounds, places: readonly number[]): string {
  const { top, bottom, left, right } = bounds;
  const fields = places.slice(left, right + 1);
  if (top === bottom && fields.length === 1) return rows[top]?.[fields[0] ?? 0] ?? '';
  return rowsOf(bounds)
    .map((row) => fields.map((field) => quote(rows[row]?.[field] ?? null)).join('\t'))
    .join('\n');
}

function quote(cell: Cell): string {
  if (cell === null) return '';
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
