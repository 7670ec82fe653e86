import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { type Extent, isRange, moveBy, type Position, type Selection } from './grid-selection';

export type SelectionOptions = {
  /** Counts now, and how many rows one page holds. */
  extent: () => Extent;
  reveal: (position: Position) => void;
};

/** The active cell and the range up to it, moved by keys and by pointer. */
export function useSelection({ extent, reveal }: SelectionOptions) {
  const [selection, setSelection] = useState<Selection | null>(null);

  const moveTo = (active: Position, isExtending: boolean) => {
    setSelection((before) => ({ active, anchor: isExtending && before ? before.anchor : active }));
    reveal(active);
  };

  return {
    selection,
    /** Selects the first cell when nothing is selected yet. */
    begin: () => {
      const { rows, columns } = extent();
      if (!selection && rows > 0 && columns > 0) moveTo({ row: 0, column: 0 }, false);
    },
    /** Goes so many columns on, within the row. */
    step: (columns: number) => {
      if (!selection) return;
      const { row, column } = selection.active;
      const last = extent().columns - 1;
      moveTo({ row, column: Math.max(0, Math.min(column + columns, last)) }, false);
    },
    /** Selects a cell of the active column, if a cell is selected. */
    restart: (row: number) => {
      setSelection((before) => {
        const first = before && { row, column: before.active.column };
        return first && { anchor: first, active: first };
      });
    },
    /** Keeps the same rows selected when others have come before them; what went with its row is let go. */
    shift: (rows: number) => {
      setSelection((before) => {
        if (before === null) return null;
        const active = { ...before.active, row: before.active.row + rows };
        const anchor = { ...before.anchor, row: Math.max(0, before.anchor.row + rows) };
        return active.row < 0 ? null : { active, anchor };
      });
    },
    /** Keeps the same columns selected when they stand elsewhere. */
    follow: (placeOf: (column: number) => number) => {
      const at = (position: Position) => ({ ...position, column: placeOf(position.column) });
      setSelection((before) => before && { active: at(before.active), anchor: at(before.anchor) });
    },
    /** True when the key was ours. */
    onKey: (event: KeyboardEvent): boolean => {
      if (!selection) return false;
      const isFar = event.ctrlKey || event.metaKey;
      if (isFar && event.code === 'KeyA') {
        const { rows, columns } = extent();
        setSelection({ anchor: { row: rows - 1, column: columns - 1 }, active: { row: 0, column: 0 } });
        return true;
      }
      if (event.key === 'Escape' && isRange(selection)) {
        setSelection({ anchor: selection.active, active: selection.active });
        return true;
      }
      if (event.altKey) return false;
      const to = moveBy(event.key, isFar, selection.active, extent());
      if (to) moveTo(to, event.shiftKey);
      return to !== null;
    },
    onPointerDown: (event: PointerEvent) => {
      const position = event.button === 0 ? positionOf(event.target) : null;
      if (position) moveTo(position, event.shiftKey);
    },
    onPointerMove: (event: PointerEvent) => {
      if (event.buttons !== 1 || event.pointerType === 'touch') return;
      const position = positionOf(event.target);
      const active = selection?.active;
      if (position && (position.row !== active?.row || position.column !== active.column))
        moveTo(position, true);
    },
  };
}

/** The cell under a pointer, from the data attributes that GridRow writes. */
export function positionOf(target: EventTarget): Position | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null;
  if (!cell) return null;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}
