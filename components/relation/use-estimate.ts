import { useCallback, useEffect, useRef, useState } from 'react';
import type { RowEstimate } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import { ask as askApi, relationEndpoint } from './endpoint';
import { type Filter, formatFilter } from './filter';
import type { RelationPlace } from './rows-view';

/** What the planner expects of a filter, once it is asked. Another question, and leaving, ends the one before. */
export function useEstimate(place: RelationPlace) {
  const [estimate, setEstimate] = useState<RowEstimate | { error: ErrorBody } | null>(null);
  const asking = useRef<AbortController>(null);
  const endpoint = `${relationEndpoint(place)}/estimate`;
  useEffect(() => () => asking.current?.abort(), []);

  const ask = useCallback(
    (filter: readonly Filter[]) => {
      asking.current?.abort();
      setEstimate(null);
      if (filter.length === 0) return;
      const abort = new AbortController();
      asking.current = abort;
      askApi<RowEstimate>(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ filter: filter.map(formatFilter) }),
        signal: abort.signal,
      }).then(
        (answer) => abort.signal.aborted || setEstimate(answer),
        () => undefined,
      );
    },
    [endpoint],
  );
  return { estimate, ask };
}
