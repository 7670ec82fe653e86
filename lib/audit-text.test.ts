import { expect, test } from 'vitest';
import { headOf, lineOf } from './audit-text';
import type { AuditEntry } from './audit-types';

const entry: AuditEntry = {
  id: '0198-a',
  kind: 'user',
  action: 'backup.take',
  result: 'succeeded',
  error_code: null,
  user: '=cmd|calc',
  via: 'session',
  subject_kind: 'database',
  subject: 'a "b",\nc',
  server: 'demo',
  database: null,
  address: '-1',
  user_agent: null,
  detail: { job: '=1+1' },
  at: '2026-01-31T12:00:00.000Z',
  ended_at: null,
};

test('S34: an event in CSV is one row of text, whatever it begins with', () => {
  expect(headOf('csv').split(',')).toHaveLength(16);
  expect(lineOf(entry, 'csv')).toBe(
    `2026-01-31T12:00:00.000Z,,user,backup.take,succeeded,,'=cmd|calc,session,database,"a ""b"",\nc",demo,,'-1,,"{""job"":""=1+1""}",0198-a\r\n`,
  );
});

test('an event in NDJSON is a line that reads back as it was', () => {
  const line = lineOf(entry, 'ndjson');
  expect(line.split('\n')).toHaveLength(2);
  expect(JSON.parse(line)).toEqual(entry);
});
