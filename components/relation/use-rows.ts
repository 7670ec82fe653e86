'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RowsPage } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import { ask, relationEndpoint } from './endpoint';
import { fractionOf } from './rows-place';
import { type RelationPlace, type RowsView, readRowsView, rowsPath } from './rows-view';

/** The rows that are shown, and whether others are on their way. */
type Rows = {
  page: RowsPage | null;
  /** The address that the page came from. */
  shownFor: string;
  /** Which fraction of all rows comes before the page; null where that is not known. */
  fraction: number | null;
  error: ErrorBody | null;
  /** When the reading began, in milliseconds since 1970; null while nothing is read. */
  since: number | null;
};

const nothing: Rows = { page: null, shownFor: '', fraction: 0, error: null, since: 0 };

/** What to say when the reader gave up. */
const cancelled: ErrorBody = {
  code: 'cancelled',
  message: 'You cancelled it; PostgreSQL was told to stop.',
  hint: 'Try again, filter by an indexed column, or take the order away.',
};

/**
 * The page of rows that the URL asks for, and the way to others: the URL changes at once, the rows shown stay until
 * the new ones are here. Leaving, cancelling and asking for something else end the reading on the server too.
 */
export function useRows(place: RelationPlace) {
  const params = useSearchParams().toString();
  const view = useMemo(() => readRowsView(new URLSearchParams(params)), [params]);
  const [rows, setRows] = useState(nothing);
  const reading = useRef<AbortController>(null);
  const endpoint = `${relationEndpoint(place)}/rows${params === '' ? '' : `?${params}`}`;

  const read = useCallback(async () => {
    reading.current?.abort();
    const abort = new AbortController();
    reading.current = abort;
    setRows((before) => ({ ...before, since: Date.now() }));
    const answer = await ask<RowsPage>(endpoint, { signal: abort.signal }).catch(() => null);
    if (answer === null || abort.signal.aborted) return;
    setRows((before) =>
      'error' in answer
        ? failed(answer.error)
        : {
            page: answer,
            shownFor: endpoint,
            fraction:
              before.shownFor === endpoint ? before.fraction : fractionOf(view, answer, before.fraction),
            error: null,
            since: null,
          },
    );
  }, [endpoint, view]);

  useEffect(() => {
    void read();
    return () => reading.current?.abort();
  }, [read]);

  return {
    ...rows,
    view,
    go: (next: RowsView) => window.history.pushState(null, '', rowsPath(place, next)),
    refresh: () => void read(),
    cancel: () => {
      reading.current?.abort();
      setRows(failed(cancelled));
    },
  };
}

function failed(error: ErrorBody): Rows {
  return { page: null, shownFor: '', fraction: null, error, since: null };
}
