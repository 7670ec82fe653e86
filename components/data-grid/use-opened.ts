import { type ReactNode, type RefObject, useState } from 'react';
import type { Editing } from './grid-editor';
import type { Position } from './grid-selection';

export type OpenedOptions = {
  scroller: RefObject<HTMLDivElement | null>;
  /** The field of each column, and how many of them stay in sight. */
  places: readonly number[];
  pinned: number;
  editorOf: ((at: Position, close: (step: number) => void) => ReactNode) | undefined;
  /** Goes so many columns on. */
  step: (columns: number) => void;
};

/** What is open over the grid: the editor of a cell, or the panel that shows one in full. */
export function useOpened({ scroller, places, pinned, editorOf, step }: OpenedOptions) {
  const [isPanelOpen, setPanelOpen] = useState(false);
  const [editing, setEditing] = useState<Editing | null>(null);
  const close = (columns: number) => {
    setEditing(null);
    scroller.current?.focus({ preventScroll: true });
    if (columns !== 0) step(columns);
  };
  const editorAt = ({ row, column }: Position) =>
    editorOf?.({ row, column: places[column] ?? column }, close) ?? null;
  return {
    isPanelOpen,
    setPanelOpen,
    editing,
    setEditing,
    editor: editing && editorAt(editing),
    /** Opens a cell's editor, or the panel where it can't be edited. */
    open: (at: Position) => {
      if (editorAt(at) === null) setPanelOpen(true);
      else setEditing({ ...at, shift: at.column < pinned ? (scroller.current?.scrollLeft ?? 0) : 0 });
    },
  };
}

export type Opened = ReturnType<typeof useOpened>;
