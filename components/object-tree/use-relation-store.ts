'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { DatabasePlace } from '../shell/place';
import { fetchRelations, fetchSchemas } from './fetch-relations';
import {
  emptyStore,
  firstStore,
  type RelationStore,
  withItems,
  withPage,
  withSchema,
} from './relation-store';

/** A relation that must be in the store, however far it has been read. */
export type Wanted = { schema: string; name: string } | null;

/** The relations of a database, read schema by schema as far as somebody looks. */
export function useRelationStore({ server, database }: DatabasePlace, wanted: Wanted) {
  const [store, setStore] = useState<RelationStore>(emptyStore);
  const reading = useRef<AbortController>(null);

  const reload = useCallback(async () => {
    reading.current?.abort();
    const abort = new AbortController();
    reading.current = abort;
    setStore((before) => ({ ...before, status: 'loading', error: null }));
    const next = await readFirst({ server, database }, abort.signal);
    if (!abort.signal.aborted) setStore((before) => ('error' in next ? { ...before, ...next } : next));
  }, [server, database]);

  useEffect(() => {
    void reload();
    return () => reading.current?.abort();
  }, [reload]);

  const { schema, name } = wanted ?? {};
  const isMissing =
    store.status === 'ready' &&
    schema !== undefined &&
    store.schemas.get(schema)?.next !== null &&
    !store.items.some((item) => item.schema === schema && item.name === name);
  useEffect(() => {
    if (!isMissing) return;
    const abort = new AbortController();
    void fetchRelations({ server, database }, { schema, q: `${schema}.${name}` }, abort.signal).then(
      (page) => {
        if (abort.signal.aborted || 'error' in page) return;
        const exact = page.items.filter((item) => item.name === name);
        setStore((before) => ({ ...before, items: withItems(before.items, exact) }));
      },
    );
    return () => abort.abort();
  }, [isMissing, server, database, schema, name]);

  /** Reads on in a schema, unless that is happening or nothing is left. */
  const readMore = async (of: string) => {
    const state = store.schemas.get(of);
    const signal = reading.current?.signal;
    if (!state || state.next === null || state.status === 'loading') return;
    setStore((before) => withSchema(before, of, { status: 'loading' }));
    const page = await fetchRelations({ server, database }, { schema: of, after: state.next }, signal);
    if (signal?.aborted) return;
    setStore((before) =>
      'error' in page ? withSchema(before, of, { status: 'failed' }) : withPage(before, of, page),
    );
  };

  return { store, reload: () => void reload(), readMore: (of: string) => void readMore(of) };
}

async function readFirst(
  place: DatabasePlace,
  signal: AbortSignal,
): Promise<RelationStore | Pick<RelationStore, 'status' | 'error'>> {
  const page = await fetchRelations(place, {}, signal);
  if ('error' in page) return { status: 'failed', error: page.error };
  const names = page.next === null ? [] : await fetchSchemas(place, signal);
  return 'error' in names ? { status: 'failed', error: names.error } : firstStore(page, names);
}
