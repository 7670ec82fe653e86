import { useEffect, useMemo, useState } from 'react';

/** What the editor begins with. `shelved`: a draft that made room for the text the page was opened with. */
export type Draft = { text: string; shelved: string | null };

/**
 * The editor's text in this browser's storage, one for each server and database: restored, never run again. Null
 * until the browser has been asked.
 */
export function useDraft(server: string, database: string, initialSql: string | undefined) {
  const key = `howdah:draft:${server}/${database}`;
  const [draft, setDraft] = useState<Draft | null>(null);
  const store = useMemo(() => draftStore(key), [key]);

  useEffect(() => {
    const kept = read(key) ?? '';
    const isShelved = initialSql !== undefined && kept.trim() !== '' && kept !== initialSql;
    setDraft({ text: initialSql ?? kept, shelved: isShelved ? kept : null });
  }, [key, initialSql]);

  useEffect(() => {
    window.addEventListener('pagehide', store.flush);
    return () => {
      window.removeEventListener('pagehide', store.flush);
      store.flush();
    };
  }, [store]);

  const unshelve = () => setDraft((before) => before && { ...before, shelved: null });
  return { draft, save: store.save, unshelve };
}

/** Writes at most every 300 ms. A browser that refuses storage keeps no draft. */
function draftStore(key: string) {
  let pending: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (pending !== null) write(key, pending);
    pending = null;
  };
  const save = (text: string) => {
    pending = text;
    timer ??= setTimeout(flush, 300);
  };
  return { save, flush };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, text: string) {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Storage is full or forbidden; the text still stands in the editor.
  }
}
