import { useState } from 'react';
import type { Cell } from '@/lib/query-event';

/** How far the loading of a cell is. */
export type WholeState = 'idle' | 'loading' | 'loaded' | 'failed';

type Loading = { href: string | null; state: WholeState; value: Cell };

const nothing: Loading = { href: null, state: 'idle', value: null };

/** The whole of a cell that arrived cut, once somebody asked for it; forgotten when `href` changes. */
export function useWholeCell(href: string | null) {
  const [loading, setLoading] = useState(nothing);
  const { state, value } = loading.href === href ? loading : nothing;
  const load = async () => {
    setLoading({ href, state: 'loading', value: null });
    const text = await readText(href ?? '').catch(() => null);
    setLoading((now) =>
      now.href === href ? { href, state: text === null ? 'failed' : 'loaded', value: text } : now,
    );
  };
  return { state, value, load: () => void load() };
}

async function readText(href: string): Promise<string> {
  const response = await fetch(href);
  if (response.status !== 200) throw new Error(`Howdah answered ${response.status}.`);
  return response.text();
}
