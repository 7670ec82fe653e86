'use client';

import { Elapsed } from '@/components/query-desk/elapsed';
import { Button } from '@/components/ui/button';
import { formatDuration } from '@/components/ui/format';
import { countInWords } from './count-rows';
import type { Filter } from './filter';
import type { RelationPlace } from './rows-view';
import { useExactCount } from './use-exact-count';

export type ExactCountProps = { place: RelationPlace; filter: readonly Filter[] };

/** Counts the rows when asked to: that reads all of them, so it says how long it takes and can be cancelled. */
export function ExactCount({ place, filter }: ExactCountProps) {
  const { state, count, cancel } = useExactCount(place, filter);
  return (
    <div className="flex items-center gap-2 text-ink-soft">
      {state.step === 'counting' ? (
        <>
          <span>
            Counting, <Elapsed since={state.since} />
          </span>
          <Button size="small" onClick={cancel}>
            Cancel
          </Button>
        </>
      ) : null}
      {state.step === 'counted' ? (
        <span title={`Counted in ${formatDuration(state.result.duration_ms)}`}>
          Exactly {countInWords(state.result.count)}
        </span>
      ) : null}
      {state.step === 'failed' ? (
        <span className="max-w-[360px] truncate text-danger" title={state.message}>
          {state.message}
        </span>
      ) : null}
      {state.step === 'counting' ? null : (
        <Button size="small" variant="ghost" onClick={count}>
          {state.step === 'counted' ? 'Count again' : 'Count exactly'}
        </Button>
      )}
      <span role="status" className="sr-only">
        {announcementOf(state)}
      </span>
    </div>
  );
}

function announcementOf(state: ReturnType<typeof useExactCount>['state']): string {
  if (state.step === 'counting') return 'Counting the rows';
  if (state.step === 'counted') return `Exactly ${countInWords(state.result.count)}`;
  return state.step === 'failed' ? state.message : '';
}
