import { expect, test } from 'vitest';
import type { QueryEvent } from '@/lib/query-event';
import { newRun, type RunAction, type RunState, reduceRun } from './run-state';

const start = (statement: number, of = 1): QueryEvent => ({
  type: 'start',
  id: `h${statement}`,
  statement,
  of,
});
const done: QueryEvent = {
  type: 'done',
  command: 'SELECT',
  row_count: 2,
  truncated: false,
  duration_ms: 3.1,
};
const failed = (sqlstate: string): QueryEvent => ({
  type: 'error',
  error: { code: 'query_failed', message: 'no', sqlstate },
});

function play(...steps: (QueryEvent | RunAction)[]): RunState {
  const isEvent = (step: QueryEvent | RunAction): step is QueryEvent =>
    ['start', 'fields', 'rows', 'notice', 'done', 'error', 'skipped'].includes(step.type);
  return steps.reduce(
    (state, step) => reduceRun(state, isEvent(step) ? { type: 'event', event: step } : step),
    newRun(1000),
  );
}

test('a script with rows, a notice and an end', () => {
  const fields = [{ name: 'id', type: 'int8', type_oid: 20 }];
  const state = play(
    { type: 'accepted', id: 's1' },
    start(1, 2),
    { type: 'fields', fields },
    { type: 'rows', rows: [['1'], ['2']] },
    done,
    start(2, 2),
    { type: 'notice', severity: 'WARNING', message: 'careful' },
    { ...done, command: 'UPDATE' },
    { type: 'ended', at: 2000 },
  );
  expect(state).toMatchObject({ phase: 'finished', id: 's1', of: 2, startedAt: 1000, finishedAt: 2000 });
  expect(state.results).toMatchObject([
    { id: 'h1', statement: 1, fields, notices: [], outcome: { type: 'done' } },
    { id: 'h2', fields: null, notices: [{ severity: 'WARNING', message: 'careful' }] },
  ]);
});

test('an error ends its statement and the rest is skipped', () => {
  const state = play(
    start(1, 3),
    failed('42P01'),
    { type: 'skipped', from: 2, to: 3 },
    { type: 'ended', at: 1 },
  );
  expect(state.phase).toBe('finished');
  expect(state.results[0]?.outcome).toMatchObject({ type: 'error', error: { sqlstate: '42P01' } });
  expect(state.skipped).toEqual({ from: 2, to: 3 });
});

test('57014 is a cancel only when somebody cancelled', () => {
  const asked = play({ type: 'accepted', id: 's' }, start(1), { type: 'cancelling' }, failed('57014'));
  expect(asked.phase).toBe('cancelling');
  expect(asked.results[0]?.outcome?.type).toBe('cancelled');
  expect(play(start(1), failed('57014')).results[0]?.outcome?.type).toBe('error');
});

test('a flood of notices is counted, not kept', () => {
  const notice: QueryEvent = { type: 'notice', severity: 'NOTICE', message: 'again' };
  const result = play(start(1), ...Array.from({ length: 600 }, () => notice)).results[0];
  expect(result?.notices).toHaveLength(500);
  expect(result?.noticeCount).toBe(600);
});

test('a cancel that comes too late changes nothing', () => {
  const state = play(start(1), done, { type: 'ended', at: 1 }, { type: 'cancelling' });
  expect(state.phase).toBe('finished');
});

test('a stream that stops in a statement is lost, also when it stops politely', () => {
  for (const type of ['ended', 'lost'] as const) {
    const state = play({ type: 'accepted', id: 's' }, start(1), { type, at: 5 });
    expect(state).toMatchObject({ phase: 'lost', finishedAt: 5 });
    expect(state.results[0]?.outcome).toEqual({ type: 'lost' });
  }
  expect(play({ type: 'accepted', id: 's' }, { type: 'ended', at: 5 }).phase).toBe('lost');
  expect(play(start(1, 2), done, { type: 'ended', at: 5 }).phase).toBe('lost');
});

test('a cancel that could not be sent leaves the run running', () => {
  const state = play(
    { type: 'accepted', id: 's' },
    { type: 'cancelling' },
    { type: 'cancel_failed', message: 'unreachable' },
  );
  expect(state).toMatchObject({ phase: 'running', cancelProblem: 'unreachable' });
});

test('what has ended stays as it ended when the connection breaks later', () => {
  const state = play(start(1, 2), done, { type: 'lost', at: 5 });
  expect(state.phase).toBe('lost');
  expect(state.results[0]?.outcome?.type).toBe('done');
});

test('a refusal has no results', () => {
  const error = { code: 'unauthenticated', message: 'Sign in.' };
  expect(play({ type: 'refused', error, at: 2 })).toMatchObject({
    phase: 'refused',
    refusal: error,
    results: [],
  });
  expect(play(failed('42601'), { type: 'ended', at: 2 }).phase).toBe('refused');
});
