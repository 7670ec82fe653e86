import { expect, test } from 'vitest';
import { newRun, type RunState, type StatementResult } from './run-state';
import { announcement, phaseInWords, resultInWords } from './words';

const done = { type: 'done', command: 'SELECT', row_count: 1000, truncated: true, duration_ms: 3 } as const;
const result: StatementResult = {
  id: 'h1',
  statement: 1,
  fields: [],
  notices: [],
  noticeCount: 0,
  outcome: { type: 'done', done },
};
const error = { code: 'query_failed', message: 'relation "x" does not exist' };

function run(part: Partial<RunState>): RunState {
  return { ...newRun(1000), phase: 'finished', results: [result], of: 1, finishedAt: 1250, ...part };
}

test('the phase says where a run is', () => {
  expect(phaseInWords(run({}))).toBe('Done in 250 ms');
  expect(phaseInWords(run({ phase: 'running', of: 3, finishedAt: null }))).toBe('Running statement 1 of 3');
  const failed: StatementResult = { ...result, statement: 2, outcome: { type: 'error', error } };
  expect(phaseInWords(run({ results: [result, failed] }))).toBe('Failed at statement 2');
});

test('a result says its command and its rows', () => {
  expect(resultInWords(result, 'SELECT', 0)).toBe('SELECT · 1,000 rows');
  expect(resultInWords({ ...result, outcome: null }, 'SELECT', 1)).toBe('SELECT · 1 row so far');
  const created = { ...done, command: 'CREATE TABLE', row_count: null };
  expect(resultInWords({ ...result, outcome: { type: 'done', done: created } }, '', 0)).toBe('CREATE TABLE');
});

test('what is read out', () => {
  expect(announcement(run({}))).toBe('SELECT · 1,000 rows.');
  expect(announcement(run({ results: [{ ...result, outcome: { type: 'error', error } }] }))).toBe(
    'Statement 1 failed: relation "x" does not exist',
  );
  expect(announcement(null)).toBe('');
});
