'use client';

import { useEffect, useMemo, useState } from 'react';
import type { Page, RelationSummary } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import type { DatabasePlace } from '../shell/place';
import { fetchRelations } from './fetch-relations';
import { emptyStore, isComplete } from './relation-store';
import { useRelationStore, type Wanted } from './use-relation-store';

const debounceMs = 200;
const mostFound = 500;

type Answer = { needle: string; page: Page<RelationSummary> | { error: ErrorBody } };

/**
 * The relations of a database, or those that a search finds. The browser searches when every relation is here; else
 * the database does, after a short pause.
 */
export function useRelations(place: DatabasePlace, wanted: Wanted) {
  const { store, reload, readMore } = useRelationStore(place, wanted);
  const [search, setSearch] = useState('');
  const needle = search.trim();
  const isRemote = needle !== '' && !isComplete(store);
  const { answer, retry } = useSearch(place, isRemote ? needle : null);
  const local = useMemo(
    () => (needle === '' ? store.items : store.items.filter(matcherOf(needle))),
    [store.items, needle],
  );
  const found = answer && 'items' in answer.page ? answer.page : null;
  const isSettled = answer?.needle === needle;
  return {
    search,
    setSearch,
    isSearch: needle !== '',
    items: isRemote ? (found?.items ?? []) : local,
    /** Only while nothing is searched for: then groups can be read further. */
    schemas: needle === '' ? store.schemas : emptyStore.schemas,
    status: isRemote ? remoteStatus(isSettled, found !== null) : store.status,
    error: isRemote ? errorOf(answer) : store.error,
    hasMore: isRemote ? found !== null && found.next !== null : !isComplete(store),
    reload: isRemote ? retry : reload,
    readMore,
  };
}

export type Relations = ReturnType<typeof useRelations>;

/** Asks the database for relations by a part of their names; null asks for nothing. */
function useSearch({ server, database }: DatabasePlace, needle: string | null) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (needle === null) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const query = { q: needle, limit: mostFound };
      const page = await fetchRelations({ server, database }, query, abort.signal);
      if (!abort.signal.aborted) setAnswer({ needle, page });
    }, debounceMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [server, database, needle, attempt]);
  return { answer, retry: () => setAttempt((before) => before + 1) };
}

function remoteStatus(isSettled: boolean, hasFound: boolean): 'loading' | 'ready' | 'failed' {
  if (!isSettled) return 'loading';
  return hasFound ? 'ready' : 'failed';
}

function errorOf(answer: Answer | null): ErrorBody | null {
  return answer && 'error' in answer.page ? answer.page.error : null;
}

/** Whether `schema.name` holds the text; case does not count. */
function matcherOf(needle: string) {
  const wanted = needle.toLowerCase();
  return ({ schema, name }: RelationSummary) => `${schema}.${name}`.toLowerCase().includes(wanted);
}
