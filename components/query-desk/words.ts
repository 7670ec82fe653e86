import { formatCount, formatDuration, formatRows } from '@/components/ui/format';
import { isOver, type RunState, type StatementResult } from './run-state';

/** The state of a run in a few words. */
export function phaseInWords(run: RunState): string {
  switch (run.phase) {
    case 'starting':
      return 'Starting';
    case 'running':
      return runningInWords(run);
    case 'cancelling':
      return 'Cancelling…';
    case 'refused':
      return 'Not run';
    case 'lost':
      return 'Connection lost';
    case 'finished':
      return finishedInWords(run);
  }
}

function runningInWords({ results, of }: RunState): string {
  return of !== null && of > 1
    ? `Running statement ${formatCount(results.length)} of ${formatCount(of)}`
    : 'Running';
}

function finishedInWords({ results, startedAt, finishedAt }: RunState): string {
  const last = results.at(-1);
  if (last?.outcome?.type === 'error')
    return results.length > 1 ? `Failed at statement ${last.statement}` : 'Failed';
  if (last?.outcome?.type === 'cancelled') return 'Cancelled';
  return `Done in ${formatDuration((finishedAt ?? startedAt) - startedAt)}`;
}

/** How a statement ended: `SELECT · 1,000 rows`, `CREATE TABLE`, `Failed`. */
export function resultInWords(result: StatementResult, verb: string, rowCount: number): string {
  const { outcome } = result;
  if (!outcome) return result.fields ? `${verb} · ${formatRows(rowCount)} so far` : `${verb} · running`;
  switch (outcome.type) {
    case 'done': {
      const { command, row_count } = outcome.done;
      return row_count === null ? command : `${command} · ${formatRows(row_count)}`;
    }
    case 'error':
      return `${verb} · failed`;
    case 'cancelled':
      return `${verb} · cancelled`;
    case 'lost':
      return `${verb} · lost`;
  }
}

/** What a screen reader hears about a run: when it begins, and how it ended. */
export function announcement(run: RunState | null): string {
  if (!run || run.phase === 'refused') return '';
  if (run.phase === 'lost') return connectionLost;
  if (!isOver(run)) return run.phase === 'cancelling' ? 'Cancelling.' : 'Running.';
  const last = run.results.at(-1);
  const outcome = last?.outcome;
  if (!last || !outcome) return 'Finished.';
  if (outcome.type === 'error') return `Statement ${last.statement} failed: ${outcome.error.message}`;
  if (outcome.type === 'cancelled') return 'Cancelled.';
  const words = resultInWords(last, '', 0);
  return run.results.length > 1
    ? `Finished ${run.results.length} statements. The last: ${words}.`
    : `${words}.`;
}

/** Said whenever the stream breaks off. */
export const connectionLost = 'The connection to Howdah was lost; the run was cancelled.';
