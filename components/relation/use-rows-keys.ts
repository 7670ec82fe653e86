import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../object-tree/is-typing';
import { type KeyGroup, useKeys } from '../shell/keys';
import type { RowsSteps } from './rows-steps';

const keys: KeyGroup = {
  title: 'Rows',
  hints: [
    { keys: ['Alt', '↓'], label: 'Next page' },
    { keys: ['Alt', '↑'], label: 'Previous page' },
    { keys: ['Alt', 'Shift', '↑'], label: 'First page' },
    { keys: ['Alt', 'Shift', '↓'], label: 'Last page' },
    { keys: ['Shift', 'Space'], label: 'Select the row, or let it go; others stay selected until Esc' },
    { keys: ['Mod', 'A'], label: 'Select all rows that are here' },
    { keys: ['Enter'], label: 'Show the cell in full' },
    { keys: ['S'], label: 'Sort by the column; with Shift, also by it' },
    { keys: ['F'], label: "Filter by the cell's value" },
    { keys: ['['], label: 'Move the column left; with ], right' },
    { keys: ['P'], label: 'Keep the column in sight, or let it go' },
    { keys: ['H'], label: 'Hide the column; the columns menu brings it back' },
    { keys: ['R'], label: 'Show what the row points at, and who points at it' },
    { keys: ['Mod', 'Enter'], label: 'Go to the row that a foreign key names' },
  ],
};

/** Alt with the arrows turns pages from anywhere on the page, but not out of a field. */
export function useRowsKeys(onStep: (step: keyof RowsSteps) => void) {
  useKeys(keys);
  const handle = useEffectEvent(onStep);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = stepOf(event);
      if (!step || event.defaultPrevented || isTyping(event)) return;
      event.preventDefault();
      handle(step);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function stepOf(event: KeyboardEvent): keyof RowsSteps | null {
  if (!event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.code === 'ArrowDown') return event.shiftKey ? 'last' : 'next';
  if (event.code === 'ArrowUp') return event.shiftKey ? 'first' : 'previous';
  return null;
}
