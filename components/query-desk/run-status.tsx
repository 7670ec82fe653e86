import { clsx } from 'clsx';
import { createRowBuffer } from '@/components/data-grid/row-buffer';
import { useRowCount } from '@/components/data-grid/use-row-count';
import { formatRows } from '@/components/ui/format';
import { Elapsed } from './elapsed';
import { isOver } from './run-state';
import type { Run } from './use-run';
import { phaseInWords } from './words';

const noBuffer = createRowBuffer();

/** The state of the run in words, with the time and the rows so far while it goes. */
export function RunStatus({ run }: { run: Run }) {
  const { state, buffers } = run;
  const last = state.results.at(-1);
  const rows = useRowCount((last && buffers.get(last.statement)) ?? noBuffer);
  const isBad =
    state.phase === 'refused' ||
    state.phase === 'lost' ||
    (state.phase === 'finished' && last?.outcome?.type === 'error');
  return (
    <span className={clsx('truncate text-sm', isBad ? 'text-danger' : 'text-ink-soft')}>
      {phaseInWords(state)}
      {isOver(state) ? null : (
        <>
          {' · '}
          <Elapsed since={state.startedAt} />
          {rows > 0 ? ` · ${formatRows(rows)} so far` : null}
        </>
      )}
      {state.cancelProblem ? ` · Could not cancel: ${state.cancelProblem}` : null}
    </span>
  );
}
