'use client';

import { useCallback, useSyncExternalStore } from 'react';

const CHANGE = 'howdah-stored';

/** One text in localStorage, shared by every component and tab; null on the server and where storage is shut. */
export function useStored(key: string): [value: string | null, set: (value: string) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => readStored(key),
    () => null,
  );
  const set = useCallback((next: string) => writeStored(key, next), [key]);
  return [value, set];
}

function subscribe(onChange: () => void) {
  window.addEventListener(CHANGE, onChange);
  window.addEventListener('storage', onChange);
  return () => {
    window.removeEventListener(CHANGE, onChange);
    window.removeEventListener('storage', onChange);
  };
}

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeStored(key: string, value: string) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Private windows may refuse; nothing that matters is kept here.
  }
  window.dispatchEvent(new Event(CHANGE));
}
