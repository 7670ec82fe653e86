import { expect, it } from 'vitest';
import type { AuditEntry } from '@/lib/audit-types';
import { exportPath } from './filters';
import { actionWords, subjectWords } from './words';

const entry = { subject_kind: 'backup', subject: '0198', server: 'demo', database: 'blog' } as AuditEntry;

it('says what was done, and on what', () => {
  expect(actionWords('session.sign-in')).toBe('Session: sign in');
  expect(subjectWords(entry)).toBe('backup 0198 on demo/blog');
  expect(subjectWords({ ...entry, subject_kind: 'database', subject: 'blog' })).toBe('database demo/blog');
  expect(subjectWords({ ...entry, server: null, database: null })).toBe('backup 0198');
});

it('downloads what is filtered', () => {
  expect(exportPath({}, 'csv')).toBe('/api/v1/audit/export?format=csv');
  expect(exportPath({ user: 'a b' }, 'ndjson')).toBe('/api/v1/audit/export?user=a+b&format=ndjson');
});
