/** A cell of the result: both from 0. */
export type Position = { row: number; column: number };

/** From where the selection began to the active cell; the same cell when only one is selected. */
export type Selection = { anchor: Position; active: Position };

/** Inclusive bounds of a selection. */
export type Bounds = { top: number; bottom: number; left: number; right: number };

/** What bounds the movement: counts, and how many rows one page holds. */
export type Extent = { rows: number; columns: number; page: number };

/** The rectangle between the two ends. */
export function boundsOf({ anchor, active }: Selection): Bounds {
  return {
    top: Math.min(anchor.row, active.row),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  };
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
