import { expect, test } from 'vitest';
import { conflictingModes, type Maintenance, maintenanceLock, maintenanceSql } from './maintenance';

const table = { schema: 'public', name: 'posts', kind: 'relation' } as const;
const plain = { action: 'vacuum', full: false, analyze: false, freeze: false, parallel: null } as const;

const cases: [Maintenance, string, string][] = [
  [{ ...table, ...plain }, 'vacuum (verbose) public.posts', 'SHARE UPDATE EXCLUSIVE'],
  [
    { ...table, ...plain, analyze: true, freeze: true, parallel: 4 },
    'vacuum (verbose, analyze, freeze, parallel 4) public.posts',
    'SHARE UPDATE EXCLUSIVE',
  ],
  [{ ...table, ...plain, full: true }, 'vacuum (verbose, full) public.posts', 'ACCESS EXCLUSIVE'],
  [{ ...table, action: 'analyze' }, 'analyze (verbose) public.posts', 'SHARE UPDATE EXCLUSIVE'],
  [
    { ...table, action: 'reindex', concurrently: true },
    'reindex (verbose, concurrently) table public.posts',
    'SHARE UPDATE EXCLUSIVE',
  ],
  [
    { schema: 'A b', name: 'x"y', kind: 'index', action: 'reindex', concurrently: false },
    'reindex (verbose) index "A b"."x""y"',
    'ACCESS EXCLUSIVE',
  ],
  [
    { schema: 'public', name: '"; drop table t; --', kind: 'index', action: 'drop_index' },
    'drop index concurrently public."""; drop table t; --"',
    'SHARE UPDATE EXCLUSIVE',
  ],
];

test.each(cases)('%j', (work, sql, mode) => {
  expect(maintenanceSql(work)).toBe(sql);
  expect(maintenanceLock(work).mode).toBe(mode);
});

test('readers keep only the strongest lock from being taken', () => {
  expect(conflictingModes('ACCESS EXCLUSIVE')).toContain('AccessShareLock');
  expect(conflictingModes('SHARE UPDATE EXCLUSIVE')).not.toContain('RowExclusiveLock');
});
