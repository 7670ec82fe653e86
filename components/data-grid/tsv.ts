import type { Cell } from '@/lib/query-event';
import type { Bounds } from './grid-selection';

/**
 * The selected cells as text: one cell as it is, more as tab-separated values with quotes only where a value
 * holds a tab, a line break or a quote, as spreadsheets read it. NULL is empty.
 */
export function toTsv(rows: readonly Cell[][], { top, bottom, left, right }: Bounds): string {
  if (top === bottom && left === right) return rows[top]?.[left] ?? '';
  const lines: string[] = [];
  for (let row = top; row <= bottom; row += 1) {
    const cells = rows[row]?.slice(left, right + 1) ?? [];
    lines.push(cells.map(quote).join('\t'));
  }
  return lines.join('\n');
}

function quote(cell: Cell): string {
  if (cell === null) return '';
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
