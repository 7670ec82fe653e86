import { useCallback, useEffect, useState } from 'react';
import { changesOf, type Staged } from './staged';

const nothing: Staged = [];

/** How many steps back are kept. */
const mostSteps = 200;

/** The changes that wait to be made, and the way back through them. */
export function useEdits() {
  const [steps, setSteps] = useState<readonly Staged[]>([nothing]);
  const staged = steps.at(-1) ?? nothing;
  const change = useCallback((next: (staged: Staged) => Staged) => {
    setSteps((before) => {
      const last = before.at(-1) ?? nothing;
      const after = next(last);
      return after === last ? before : [...before.slice(-mostSteps), after];
    });
  }, []);
  useAskOnLeave(staged.length > 0);
  return {
    staged,
    changes: changesOf(staged),
    change,
    canUndo: steps.length > 1,
    undo: () => setSteps((before) => (before.length > 1 ? before.slice(0, -1) : before)),
    /** Forgets all of them, and the way back. */
    clear: () => setSteps([nothing]),
  };
}

/** Has the browser ask before a page goes on which changes wait. */
function useAskOnLeave(isWaiting: boolean) {
  useEffect(() => {
    if (!isWaiting) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isWaiting]);
}

export type Edits = ReturnType<typeof useEdits>;
