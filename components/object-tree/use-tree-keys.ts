import { type KeyboardEvent, useRef } from 'react';
import { findByPrefix, parentOf, type TreeRow } from './tree-rows';

/** What the keys of a tree do. */
export type TreeMoves = {
  rows: readonly TreeRow[];
  /** The index of the active line. */
  active: number;
  moveTo: (index: number) => void;
  toggle: (row: TreeRow) => void;
  /** Follows a relation's link, or opens and closes a group. */
  follow: (row: TreeRow) => void;
};

/** Letters typed within this many milliseconds make one word. */
const wordMs = 600;

/** Arrows, Home, End, Enter and type-ahead, as the ARIA pattern of a tree has them. */
export function useTreeKeys({ rows, active, moveTo, toggle, follow }: TreeMoves) {
  const typed = useRef({ text: '', at: 0 });

  const typeAhead = (letter: string, now: number) => {
    const { text, at } = typed.current;
    const word = now - at < wordMs ? text + letter : letter;
    typed.current = { text: word, at: now };
    const found = findByPrefix(rows, word.length > 1 ? active : active + 1, word);
    if (found >= 0) moveTo(found);
  };

  return (event: KeyboardEvent) => {
    const row = rows[active];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = stepOf(event.key, active, rows);
    if (step !== null) moveTo(step);
    else if (event.key === 'ArrowRight') expand(row);
    else if (event.key === 'ArrowLeft') collapse(row);
    else if (event.key === 'Enter') follow(row);
    else if (/^[\p{L}\p{N}_]$/u.test(event.key)) typeAhead(event.key, event.timeStamp);
    else return;
    event.preventDefault();
  };

  function expand(row: TreeRow) {
    if (row.type === 'relation' || row.type === 'more') return;
    if (row.isOpen) moveTo(Math.min(active + 1, rows.length - 1));
    else toggle(row);
  }

  function collapse(row: TreeRow) {
    if ((row.type === 'schema' || row.type === 'kind') && row.isOpen) return toggle(row);
    const parent = parentOf(rows, active);
    if (parent >= 0) moveTo(parent);
  }
}

function stepOf(key: string, active: number, rows: readonly TreeRow[]): number | null {
  const last = rows.length - 1;
  if (key === 'ArrowDown') return Math.min(active + 1, last);
  if (key === 'ArrowUp') return Math.max(active - 1, 0);
  if (key === 'PageDown') return Math.min(active + 15, last);
  if (key === 'PageUp') return Math.max(active - 15, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? last : null;
}
