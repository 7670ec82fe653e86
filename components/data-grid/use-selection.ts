import { type KeyboardEvent, type MouseEvent, type PointerEvent, useState } from 'react';
import { boundsOf, type Extent, isRange, moveBy, type Position, type Selection } from './grid-selection';
import { countRows, type PickedRows, pickRange, shiftRows, toggleRow } from './picked-rows';

export type SelectionOptions = {
  /** Counts now, and how many rows one page holds. */
  extent: () => Extent;
  reveal: (position: Position) => void;
};

/** The active cell and the range up to it, or whole rows, moved and picked by keys and by pointer. */
export function useSelection({ extent, reveal }: SelectionOptions) {
  const [selection, setSelection] = useState<Selection | null>(null);

  const moveTo = (active: Position, isExtending: boolean, picked?: PickedRows) => {
    setSelection((before) => ({
      active,
      anchor: isExtending && before ? before.anchor : active,
      ...(isExtending ? {} : pickedOf(picked)),
    }));
    reveal(active);
  };

  return {
    selection,
    ...adjusting(setSelection),
    /** Selects the first cell when nothing is selected yet. */
    begin: () => {
      const { rows, columns } = extent();
      if (!selection && rows > 0 && columns > 0) moveTo({ row: 0, column: 0 }, false);
    },
    /** Goes to the first cell of a row. */
    goTo: (row: number) => moveTo({ row, column: 0 }, false),
    /** Goes so many columns on, within the row. */
    step: (columns: number) => {
      if (!selection) return;
      const { row, column } = selection.active;
      const last = extent().columns - 1;
      moveTo({ row, column: Math.max(0, Math.min(column + columns, last)) }, false);
    },
    /** True when the key was ours. */
    onKey: (event: KeyboardEvent): boolean => {
      if (!selection) return false;
      const changed = changeByKey(selection, event, extent());
      if (changed) setSelection(changed);
      if (changed || event.altKey) return changed !== null;
      const to = moveBy(event.key, event.ctrlKey || event.metaKey, selection.active, extent());
      if (to) moveTo(to, event.shiftKey, selection.picked);
      return to !== null;
    },
    ...pointing({ selection, setSelection, moveTo }),
    onClick: (event: MouseEvent) => {
      if (isIn(event.target, '[data-pick-all]')) setSelection((before) => pickAll(before, extent().rows));
      const row = gutterRowOf(event.target);
      const { pointerType } = event.nativeEvent as { pointerType?: string };
      if (row !== null && pointerType === 'touch')
        setSelection((before) => pickRow(before, row, { ctrlKey: true }));
    },
  };
}

/** How the selection is moved, without what it is. */
export type SelectionMoves = Omit<ReturnType<typeof useSelection>, 'selection'>;

type Pointing = {
  selection: Selection | null;
  setSelection: SetSelection;
  moveTo: (active: Position, isExtending: boolean) => void;
};

/** A cell or a row is selected where a pointer goes down, and others up to where it is moved. */
function pointing({ selection, setSelection, moveTo }: Pointing) {
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      const position = positionOf(event.target);
      if (position) moveTo(position, event.shiftKey);
      const row = gutterRowOf(event.target);
      // A finger that comes down may be about to scroll: its click tells.
      if (row !== null && event.pointerType !== 'touch')
        setSelection((before) => pickRow(before, row, event));
    },
    onPointerMove: (event: PointerEvent) => {
      if (event.buttons !== 1 || event.pointerType === 'touch') return;
      const active = selection?.active;
      const row = selection?.picked ? gutterRowOf(event.target) : null;
      if (row !== null && row !== active?.row) {
        setSelection((before) => pickRow(before, row, { shiftKey: true }));
      }
      const position = selection?.picked ? null : positionOf(event.target);
      if (position && (position.row !== active?.row || position.column !== active.column))
        moveTo(position, true);
    },
  };
}

type SetSelection = (next: (before: Selection | null) => Selection | null) => void;

/** What happens to the selection when the rows or the columns change under it. */
function adjusting(setSelection: SetSelection) {
  return {
    /** Selects a cell of the active column, if a cell is selected. */
    restart: (row: number) => {
      setSelection((before) => {
        const first = before && { row, column: before.active.column };
        return first && { anchor: first, active: first };
      });
    },
    /** Lets whole rows go; the active cell stays. */
    release: () => setSelection((before) => before && withoutPicked(before)),
    /** Keeps the same rows selected when others have come before them; what went with its row is let go. */
    shift: (rows: number) => {
      setSelection((before) => {
        if (before === null) return null;
        const active = { ...before.active, row: before.active.row + rows };
        const anchor = { ...before.anchor, row: Math.max(0, before.anchor.row + rows) };
        if (active.row < 0) return null;
        return { active, anchor, ...pickedOf(before.picked && shiftRows(before.picked, rows)) };
      });
    },
    /** Keeps the same columns selected when they stand elsewhere. */
    follow: (placeOf: (column: number) => number) => {
      const at = (position: Position) => ({ ...position, column: placeOf(position.column) });
      setSelection((before) => before && { ...before, active: at(before.active), anchor: at(before.anchor) });
    },
  };
}

/** The selection after a key that moves nothing: all of it, whole rows, or only the active cell; null for another key. */
function changeByKey(
  selection: Selection,
  event: KeyboardEvent,
  { rows, columns }: Extent,
): Selection | null {
  const { active, picked } = selection;
  if ((event.ctrlKey || event.metaKey) && event.code === 'KeyA') {
    return { anchor: { row: rows - 1, column: columns - 1 }, active: { row: 0, column: 0 } };
  }
  if (event.key === 'Escape' && (picked || isRange(selection))) return { anchor: active, active };
  if (event.code !== 'Space' || !event.shiftKey || rows === 0) return null;
  const { top, bottom } = boundsOf(selection);
  const next = picked ? toggleRow(picked, active.row) : pickRange([], top, bottom);
  return { anchor: active, active, ...pickedOf(next) };
}

type Modifiers = { shiftKey?: boolean; ctrlKey?: boolean; metaKey?: boolean };

/** With a row of the gutter picked: alone, up to it from where the picking began, or beside the others. */
function pickRow(
  before: Selection | null,
  row: number,
  { shiftKey, ctrlKey, metaKey }: Modifiers,
): Selection {
  const column = before?.active.column ?? 0;
  const active = { row, column };
  const kept = ctrlKey || metaKey ? (before?.picked ?? []) : [];
  if (shiftKey && before) {
    return { anchor: before.anchor, active, picked: pickRange(kept, before.anchor.row, row) };
  }
  return { anchor: active, active, ...pickedOf(ctrlKey || metaKey ? toggleRow(kept, row) : [[row, row]]) };
}

/** All rows, or none of them where all are picked. */
function pickAll(before: Selection | null, rows: number): Selection | null {
  if (rows === 0) return before;
  const active = before?.active ?? { row: 0, column: 0 };
  if (before?.picked && countRows(before.picked) === rows) return withoutPicked(before);
  return { anchor: active, active, picked: [[0, rows - 1]] };
}

function withoutPicked(selection: Selection): Selection {
  const { active, picked } = selection;
  return picked ? { active, anchor: active } : selection;
}

function pickedOf(picked: PickedRows | undefined): Pick<Selection, 'picked'> {
  return picked === undefined || picked.length === 0 ? {} : { picked };
}

/** The cell under a pointer, from the data attributes that GridRow writes. */
export function positionOf(target: EventTarget): Position | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null;
  if (!cell) return null;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}

/** The row whose number is under a pointer. */
function gutterRowOf(target: EventTarget): number | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role=rowheader]') : null;
  return cell ? Number(cell.dataset.row) : null;
}

function isIn(target: EventTarget, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
