import type { ErrorBody, Field, QueryEvent } from '@/lib/query-event';

export type Notice = { severity: string; message: string };

export type Done = Extract<QueryEvent, { type: 'done' }>;

/** One statement of a run. Its rows live in a buffer beside this state. */
export type StatementResult = {
  /** The statement's id in the query history. */
  id: string;
  /** From 1, within the script. */
  statement: number;
  fields: Field[] | null;
  /** The first of them; a loop can raise more than a page can show. */
  notices: Notice[];
  noticeCount: number;
  outcome: Outcome | null;
};

/** How a statement ended; null while it runs. `lost`: its end was never heard. */
export type Outcome =
  | { type: 'done'; done: Done }
  | { type: 'error'; error: ErrorBody }
  | { type: 'cancelled'; error: ErrorBody }
  | { type: 'lost' };

/** Where a run is. `refused`: it did not begin. `lost`: the stream broke off. */
export type RunPhase = 'starting' | 'running' | 'cancelling' | 'finished' | 'refused' | 'lost';

export type RunState = {
  phase: RunPhase;
  /** The script's id, once the server has said it. */
  id: string | null;
  /** How many statements the script has, once the first has begun. */
  of: number | null;
  results: StatementResult[];
  /** Statements that were not reached. */
  skipped: { from: number; to: number } | null;
  refusal: ErrorBody | null;
  /** Why the last attempt to cancel did not reach the server. */
  cancelProblem: string | null;
  /** Milliseconds since the epoch. */
  startedAt: number;
  finishedAt: number | null;
};

export type RunAction =
  | { type: 'accepted'; id: string | null }
  | { type: 'event'; event: QueryEvent }
  | { type: 'cancelling' }
  | { type: 'cancel_failed'; message: string }
  | { type: 'refused'; error: ErrorBody; at: number }
  /** The stream ended, well or not. */
  | { type: 'ended'; at: number }
  | { type: 'lost'; at: number };

/** A run that has just been sent. */
export function newRun(startedAt: number): RunState {
  return {
    phase: 'starting',
    id: null,
    of: null,
    results: [],
    skipped: null,
    refusal: null,
    cancelProblem: null,
    startedAt,
    finishedAt: null,
  };
}

/** The state after one thing that happened. Pure: rows are no part of it. */
export function reduceRun(state: RunState, action: RunAction): RunState {
  switch (action.type) {
    case 'accepted':
      return { ...state, id: action.id, phase: state.phase === 'starting' ? 'running' : state.phase };
    case 'event':
      return reduceEvent(state, action.event);
    case 'cancelling':
      return isOver(state) ? state : { ...state, phase: 'cancelling', cancelProblem: null };
    case 'cancel_failed':
      return isOver(state) ? state : { ...state, phase: 'running', cancelProblem: action.message };
    case 'refused':
      return { ...state, phase: 'refused', refusal: action.error, finishedAt: action.at };
    case 'ended':
      return endRun(state, 'finished', action.at);
    case 'lost':
      return endRun(state, 'lost', action.at);
  }
}

/** Whether nothing more will come. */
export function isOver(state: RunState): boolean {
  return state.phase === 'finished' || state.phase === 'refused' || state.phase === 'lost';
}

function reduceEvent(state: RunState, event: QueryEvent): RunState {
  switch (event.type) {
    case 'start': {
      const { id, statement, of } = event;
      const result: StatementResult = {
        id,
        statement,
        fields: null,
        notices: [],
        noticeCount: 0,
        outcome: null,
      };
      return { ...state, of, results: [...state.results, result] };
    }
    case 'fields':
      return updateLast(state, (result) => ({ ...result, fields: event.fields }));
    case 'rows':
      return state;
    case 'notice':
      return updateLast(state, (result) => addNotice(result, event));
    case 'done':
      return updateLast(state, (result) => ({ ...result, outcome: { type: 'done', done: event } }));
    case 'error':
      return reduceError(state, event.error);
    case 'skipped':
      return { ...state, skipped: { from: event.from, to: event.to } };
  }
}

const mostNotices = 500;

function addNotice(result: StatementResult, { severity, message }: Notice): StatementResult {
  const noticeCount = result.noticeCount + 1;
  if (noticeCount > mostNotices) return { ...result, noticeCount };
  return { ...result, noticeCount, notices: [...result.notices, { severity, message }] };
}

/** An error before any statement is a refusal; 57014 after "Cancel" is what was asked for, unless time ran out. */
function reduceError(state: RunState, error: ErrorBody): RunState {
  if (state.results.length === 0) return { ...state, refusal: error };
  const isWanted = state.phase === 'cancelling' && error.sqlstate === '57014' && error.code !== 'timeout';
  return updateLast(state, (result) => ({
    ...result,
    outcome: { type: isWanted ? 'cancelled' : 'error', error },
  }));
}

/** A stream that stops before everything was answered for was lost, however politely it stopped. */
function endRun(state: RunState, phase: 'finished' | 'lost', at: number): RunState {
  if (isOver(state)) return state;
  const last = state.results.at(-1);
  if (!last && state.refusal) return { ...state, phase: 'refused', finishedAt: at };
  const ended = { ...state, finishedAt: at };
  if (!last?.outcome) {
    const lost = updateLast(ended, (result) => ({ ...result, outcome: { type: 'lost' } }));
    return { ...lost, phase: 'lost' };
  }
  const isShort = last.outcome.type === 'done' && last.statement < (state.of ?? 0) && !state.skipped;
  return { ...ended, phase: isShort ? 'lost' : phase };
}

function updateLast(state: RunState, update: (result: StatementResult) => StatementResult): RunState {
  const last = state.results.at(-1);
  return last ? { ...state, results: [...state.results.slice(0, -1), update(last)] } : state;
}
