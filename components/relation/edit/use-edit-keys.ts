import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../../object-tree/is-typing';
import { type KeyGroup, useKeys } from '../../shell/keys';

const keys: KeyGroup = {
  title: 'Editing',
  hints: [
    { keys: ['F2'], label: 'Edit the cell, like Enter; Esc leaves it as it was' },
    { keys: ['Tab'], label: 'In an editor: keep what is typed and go right; with Shift, left' },
    { keys: ['Alt', '0'], label: 'In an editor: NULL; with Shift, the default' },
    { keys: ['Delete'], label: 'Delete the selected rows, or take that back' },
    { keys: ['Insert'], label: 'Insert a row' },
    { keys: ['Mod', 'Z'], label: 'Undo the last step' },
    { keys: ['Mod', 'S'], label: 'Review the changes and apply them' },
    { keys: ['Space'], label: 'Show the cell in full' },
  ],
};

/** Review and undo from anywhere on the page, but undo not out of a field, which has its own. */
export function useEditKeys({ onReview, onUndo }: { onReview: () => void; onUndo: () => void }) {
  useKeys(keys);
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.code === 'KeyS') onReview();
    else if (event.code === 'KeyZ' && !isTyping(event)) onUndo();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener('keydown', handle);
    return () => document.removeEventListener('keydown', handle);
  }, []);
}
