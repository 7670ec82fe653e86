'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RowsPage } from '@/lib/api-types';
import { ask, relationEndpoint } from './endpoint';
import { begin, cancelled, fail, goOn, noRows } from './rows-state';
import { type RelationPlace, type RowsView, readRowsView, rowsParams, rowsPath, stepTo } from './rows-view';
import { type Edge, joinPages, type WindowPage } from './rows-window';

/** Pages that are read again together; a longer window begins anew. */
const mostAgain = 20;

/**
 * The rows that the URL asks for, more of them at both edges as they are needed, and the way to others: the URL changes
 * at once, the rows shown stay until the new ones are here. Leaving, cancelling and asking for something else end the
 * reading on the server too.
 */
export function useRows(place: RelationPlace) {
  const params = useSearchParams().toString();
  const view = useMemo(() => readRowsView(new URLSearchParams(params)), [params]);
  const [rows, setRows] = useState(noRows);
  const reading = useRef<AbortController>(null);
  const extending = useRef<AbortController>(null);
  const readPage = usePageReader(place);

  const read = useCallback(
    async (queries: readonly string[]) => {
      reading.current?.abort();
      extending.current?.abort();
      extending.current = null;
      const abort = new AbortController();
      reading.current = abort;
      setRows((before) => ({ ...before, since: Date.now() }));
      const pages: WindowPage[] = [];
      for (const query of queries) {
        const page = await readPage(query, abort);
        if (page === null || abort.signal.aborted) return;
        if ('error' in page) return setRows(fail(page.error));
        pages.push({ page, query });
      }
      setRows((before) => begin(before, { pages, query: params, view }));
    },
    [readPage, params, view],
  );

  useEffect(() => {
    void read([params]);
    return () => {
      reading.current?.abort();
      extending.current?.abort();
    };
  }, [read, params]);

  const { window: shown, since } = rows;
  const page = useMemo(() => joinPages(shown.pages), [shown]);

  const more = async (edge: Edge) => {
    const query = queryBeyond(view, page, edge);
    if (query === null || since !== null || extending.current !== null) return;
    const abort = new AbortController();
    extending.current = abort;
    const answer = await readPage(query, abort);
    if (extending.current !== abort) return;
    extending.current = null;
    if (answer !== null) setRows((before) => goOn(before, edge, { answer, query }));
  };
  const refresh = () => {
    const queries = shown.pages.map(({ query }) => query);
    void read(queries.length === 0 || queries.length > mostAgain ? [params] : queries);
  };
  const cancel = () => {
    reading.current?.abort();
    setRows(fail(cancelled));
  };
  const go = (next: RowsView) => window.history.pushState(null, '', rowsPath(place, next));
  return { ...rows, page, view, more: (edge: Edge) => void more(edge), go, refresh, cancel };
}

/** The query of the page beyond an edge; null where there is none. */
function queryBeyond(view: RowsView, page: RowsPage | null, edge: Edge): string | null {
  const cursor = edge === 'end' ? page?.next : page?.previous;
  if (!cursor) return null;
  return rowsParams(stepTo(view, edge === 'end' ? { after: cursor } : { before: cursor })).toString();
}

/** Reads a page by its query; null when that is aborted. */
function usePageReader(place: RelationPlace) {
  const endpoint = `${relationEndpoint(place)}/rows`;
  return useCallback(
    (query: string, { signal }: AbortController) =>
      ask<RowsPage>(`${endpoint}${query === '' ? '' : `?${query}`}`, { signal }).catch(() => null),
    [endpoint],
  );
}
