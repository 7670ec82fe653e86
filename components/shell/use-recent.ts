'use client';

import { useStored } from './use-stored';

const LENGTH = 6;

/** The ids of what was chosen in the palette lately, newest first. */
export function useRecent(): { recent: readonly string[]; remember: (id: string) => void } {
  const [stored, store] = useStored('howdah-recent');
  const recent = parseIds(stored);
  const remember = (id: string) => {
    const ids = [id, ...recent.filter((other) => other !== id)].slice(0, LENGTH);
    store(JSON.stringify(ids));
  };
  return { recent, remember };
}

function parseIds(stored: string | null): string[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
