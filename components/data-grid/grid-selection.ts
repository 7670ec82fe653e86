import { countRows, isPicked, type PickedRows } from './picked-rows';

/** A cell of the result: both from 0. */
export type Position = { row: number; column: number };

/**
 * From where the selection began to the active cell; the same cell when only one is selected. Where whole rows are `picked`
 * these are selected in the place of the cells between.
 */
export type Selection = { anchor: Position; active: Position; picked?: PickedRows };

/** Inclusive bounds of a selection; of the rows between only those that are `picked`, where some are. */
export type Bounds = { top: number; bottom: number; left: number; right: number; picked?: PickedRows };

/** What bounds the movement: counts, and how many rows one page holds. */
export type Extent = { rows: number; columns: number; page: number };

/** The rectangle between the two ends, or around the rows that are picked, over all of so many columns. */
export function boundsOf({ anchor, active, picked }: Selection, columns = 0): Bounds {
  const [first] = picked ?? [];
  const last = picked?.at(-1);
  if (picked && first && last) return { top: first[0], bottom: last[1], left: 0, right: columns - 1, picked };
  return {
    top: Math.min(anchor.row, active.row),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  };
}

/** The selected rows, from the top. */
export function rowsOf({ top, bottom, picked }: Bounds): number[] {
  return (picked ?? [[top, bottom] as const]).flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
}

/** Whether cells of a row are selected. */
export function hasRow({ top, bottom, picked }: Bounds, row: number): boolean {
  return row >= top && row <= bottom && (picked === undefined || isPicked(picked, row));
}

/** How many cells are selected. */
export function countCells({ top, bottom, left, right, picked }: Bounds): number {
  return (picked ? countRows(picked) : bottom - top + 1) * (right - left + 1);
}

/** Whether more than one cell is selected. */
export function isRange({ anchor, active }: Selection): boolean {
  return anchor.row !== active.row || anchor.column !== active.column;
}

/** Where a navigation key leads from `from`, or null when it is none. `isFar` is Ctrl or ⌘. */
export function moveBy(key: string, isFar: boolean, from: Position, extent: Extent): Position | null {
  const lastRow = extent.rows - 1;
  const lastColumn = extent.columns - 1;
  const to = destination(key, isFar, from, lastRow, lastColumn, extent.page);
  if (!to) return null;
  return { row: clamp(to.row, lastRow), column: clamp(to.column, lastColumn) };
}

function destination(
  key: string,
  isFar: boolean,
  { row, column }: Position,
  lastRow: number,
  lastColumn: number,
  page: number,
): Position | null {
  switch (key) {
    case 'ArrowUp':
      return { row: isFar ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: isFar ? lastRow : row + 1, column };
    case 'ArrowLeft':
      return { row, column: isFar ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: isFar ? lastColumn : column + 1 };
    case 'PageUp':
      return { row: row - page, column };
    case 'PageDown':
      return { row: row + page, column };
    case 'Home':
      return { row: isFar ? 0 : row, column: 0 };
    case 'End':
      return { row: isFar ? lastRow : row, column: lastColumn };
    default:
      return null;
  }
}

function clamp(index: number, last: number): number {
  return Math.max(0, Math.min(index, last));
}
