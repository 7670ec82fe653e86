import { expect, test } from 'vitest';
import { isAlarming, problemsOf } from './backup-state';
import type { BackupState } from './job-types';

const now = new Date('2026-03-10T12:00:00.000Z');
const good: Omit<BackupState, 'problems'> = {
  server: 'demo',
  database: 'blog',
  last: { id: '1', at: '2026-03-10T02:00:00.000Z', size_bytes: 1 },
  attempt: { job_id: '2', status: 'succeeded', at: '2026-03-10T02:00:00.000Z', message: null },
  proven_at: '2026-03-09T04:00:00.000Z',
  disproof: null,
  next_at: '2026-03-11T02:00:00.000Z',
  missed_at: null,
  first_due_at: '2026-01-01T02:00:00.000Z',
  sizes: [1],
};

const problems = (change: Partial<BackupState>) => problemsOf({ ...good, ...change }, now);
const failed = { job_id: '3', status: 'failed', at: '2026-03-10T03:00:00.000Z', message: 'no' } as const;

test('a good, proven and punctual backup has no problem', () => {
  expect(problems({})).toEqual([]);
  expect(problems({ next_at: null })).toEqual([]);
  expect(problems({ attempt: { ...failed, status: 'running' } })).toEqual([]);
});

test('each thing that is wrong is told', () => {
  expect(problems({ last: null, attempt: null, proven_at: null })).toEqual(['missing']);
  expect(problems({ attempt: failed })).toEqual(['failed']);
  expect(problems({ attempt: { ...failed, at: '2026-03-10T01:00:00.000Z' } })).toEqual([]);
  expect(problems({ missed_at: '2026-03-10T05:00:00.000Z' })).toEqual(['late']);
  expect(problems({ missed_at: '2026-03-09T05:00:00.000Z' })).toEqual([]);
  expect(problems({ next_at: '2026-03-10T10:00:00.000Z' })).toEqual(['late']);
  expect(problems({ proven_at: null })).toEqual(['unproven']);
  expect(problems({ proven_at: '2026-03-01T00:00:00.000Z' })).toEqual(['unproven']);
  expect(problems({ disproof: 'it differs' })).toEqual(['unproven']);
  expect(problems({ last: null, attempt: failed, proven_at: null })).toEqual(['missing', 'failed']);
});

test('a new schedule is given the time for its first backup, and for its first proof', () => {
  const alarming = (kind: 'missing' | 'unproven' | 'late' | 'failed', change: Partial<BackupState>) =>
    isAlarming(kind, { ...good, ...change }, now);
  const due = (first_due_at: string | null) => ({ first_due_at });
  expect(alarming('missing', due('2026-03-11T02:00:00.000Z'))).toBe(false);
  expect(alarming('missing', due('2026-03-10T11:30:00.000Z'))).toBe(false);
  expect(alarming('missing', due('2026-03-10T10:59:59.000Z'))).toBe(true);
  expect(alarming('unproven', due('2026-03-04T02:00:00.000Z'))).toBe(false);
  expect(alarming('unproven', due('2026-03-03T02:00:00.000Z'))).toBe(true);
  expect(alarming('unproven', { ...due('2026-03-10T11:30:00.000Z'), disproof: 'it differs' })).toBe(true);
  expect(alarming('missing', due(null))).toBe(false);
  expect(alarming('failed', due(null))).toBe(true);
  expect(alarming('late', due('2026-03-10T02:00:00.000Z'))).toBe(true);
});
