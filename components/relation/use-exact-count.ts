import { useEffect, useRef, useState } from 'react';
import type { RowCount } from '@/lib/api-types';
import { type ErrorBody, errorLine } from '@/lib/query-event';
import { countRows } from './count-rows';
import type { Filter } from './filter';
import type { RelationPlace } from './rows-view';

type CountState =
  | { step: 'idle' }
  | { step: 'counting'; since: number }
  | { step: 'counted'; result: RowCount }
  | { step: 'failed'; message: string };

/** An exact count that runs on demand. Cancelling, or leaving, ends it on the server too. */
export function useExactCount(place: RelationPlace, filter: readonly Filter[]) {
  const [state, setState] = useState<CountState>({ step: 'idle' });
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const count = () => {
    abort.current = new AbortController();
    setState({ step: 'counting', since: Date.now() });
    countRows(place, filter, abort.current.signal).then(
      (result) => setState('error' in result ? failed(result.error) : { step: 'counted', result }),
      () => undefined,
    );
  };
  const cancel = () => {
    abort.current?.abort();
    setState({ step: 'idle' });
  };
  return { state, count, cancel };
}

function failed(error: ErrorBody): CountState {
  return { step: 'failed', message: errorLine(error) };
}
