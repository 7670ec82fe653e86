'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RowsPage } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import { ask, relationEndpoint } from './endpoint';
import { fractionOf } from './rows-place';
import { type RelationPlace, type RowsView, readRowsView, rowsParams, rowsPath, stepTo } from './rows-view';
import {
  type Edge,
  extend,
  hasSameColumns,
  joinPages,
  type RowsWindow,
  type WindowPage,
} from './rows-window';

/** The rows that are shown, and whether others are on their way. */
type Rows = {
  window: RowsWindow;
  /** The query that the window began with. */
  shownFor: string;
  /** Which fraction of all rows comes before the page that the window began with; null where that is not known. */
  fraction: number | null;
  error: ErrorBody | null;
  /** Why no more rows came at an edge. */
  stuck: { edge: Edge; error: ErrorBody } | null;
  /** When the reading began, in milliseconds since 1970; null while nothing is read. */
  since: number | null;
};

const noWindow: RowsWindow = { pages: [], before: 0 };
const nothing: Rows = { window: noWindow, shownFor: '', fraction: 0, error: null, stuck: null, since: 0 };

/** What to say when the reader gave up. */
const cancelled: ErrorBody = {
  code: 'cancelled',
  message: 'You cancelled it; PostgreSQL was told to stop.',
  hint: 'Try again, filter by an indexed column, or take the order away.',
};

/** What to say when a page has other columns than those that it would follow. */
const altered: ErrorBody = {
  code: 'conflict',
  message: 'The columns have changed since these rows were read.',
};

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
  const [rows, setRows] = useState(nothing);
  const reading = useRef<AbortController>(null);
  const extending = useRef<AbortController>(null);
  const endpoint = `${relationEndpoint(place)}/rows`;
  const readPage = useCallback(
    (query: string, { signal }: AbortController) =>
      ask<RowsPage>(`${endpoint}${query === '' ? '' : `?${query}`}`, { signal }).catch(() => null),
    [endpoint],
  );

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
        if ('error' in page) return setRows(failed(page.error));
        pages.push({ page, query });
      }
      setRows((before) => {
        const isAgain = before.shownFor === params && before.window.pages.length > 0;
        const [first] = pages;
        return {
          window: { pages, before: before.window.before },
          shownFor: params,
          fraction: isAgain || !first ? before.fraction : fractionOf(view, first.page, before.fraction),
          error: null,
          stuck: null,
          since: null,
        };
      });
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
    const cursor = edge === 'end' ? page?.next : page?.previous;
    if (!cursor || since !== null || extending.current !== null) return;
    const abort = new AbortController();
    extending.current = abort;
    const query = rowsParams(
      stepTo(view, edge === 'end' ? { after: cursor } : { before: cursor }),
    ).toString();
    const answer = await readPage(query, abort);
    if (extending.current !== abort) return;
    extending.current = null;
    if (answer === null) return;
    setRows((before) => {
      if ('error' in answer) return { ...before, stuck: { edge, error: answer.error } };
      const more = { page: answer, query };
      if (!hasSameColumns(before.window, more)) return { ...before, stuck: { edge, error: altered } };
      return { ...before, stuck: null, window: extend(before.window, more, edge) };
    });
  };

  return {
    ...rows,
    page,
    view,
    more: (edge: Edge) => void more(edge),
    go: (next: RowsView) => window.history.pushState(null, '', rowsPath(place, next)),
    refresh: () => {
      const queries = shown.pages.map(({ query }) => query);
      void read(queries.length === 0 || queries.length > mostAgain ? [params] : queries);
    },
    cancel: () => {
      reading.current?.abort();
      setRows(failed(cancelled));
    },
  };
}

function failed(error: ErrorBody): Rows {
  return { ...nothing, fraction: null, error, since: null };
}
