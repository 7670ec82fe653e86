import { useState } from 'react';
import type { Cell } from '@/lib/query-event';

/** How far the loading of a cell is. */
export type WholeState = 'idle' | 'loading' | 'loaded' | 'failed';

type Loading = { key: string; state: WholeState; value: Cell };

/** The whole of a cell that arrived cut, once somebody asked for it; forgotten when `key` changes. */
export function useWholeCell(key: string, load: () => Promise<Cell>) {
  const [loading, setLoading] = useState<Loading | null>(null);
  const current = loading?.key === key ? loading : null;
  const set = (state: WholeState, value: Cell = null) => setLoading({ key, state, value });
  const state: WholeState = current?.state ?? 'idle';
  return {
    state,
    value: current?.value ?? null,
    load: () => {
      set('loading');
      load().then(
        (value) => set('loaded', value),
        () => set('failed'),
      );
    },
  };
}
