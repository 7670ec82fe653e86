import { expect, test } from 'vitest';
import { createDumpProgress, createParallelProgress } from './dump-progress';

const mb = 1024 * 1024;
const tables = [
  { schema: 'public', name: 'big', bytes: 80 * mb },
  { schema: 'odd', name: 'we"ird\nname', bytes: 20 * mb },
  { schema: 'public', name: 'empty', bytes: 0 },
];

test('counts tables by their sizes', () => {
  const progress = createDumpProgress(tables);
  expect(progress.value()).toBe(0);
  expect(progress.hear('pg_dump: dumping contents of table "public.big"')).toBe(
    'Dumping public.big (table 1 of 3)',
  );
  progress.measure(8 * mb);
  expect(progress.value()).toBeCloseTo(0.32, 2);
  progress.measure(20 * mb);
  expect(progress.hear('pg_dump: dumping contents of table "odd.we"ird\nname"')).toBe(
    'Dumping odd.we"ird name (table 2 of 3)',
  );
  expect(progress.value()).toBeCloseTo(0.8, 2);
  progress.measure(22.5 * mb);
  expect(progress.value()).toBeCloseTo(0.9, 2);
});

test('never goes backwards and never says that it is done', () => {
  const progress = createDumpProgress(tables);
  progress.hear('pg_dump: dumping contents of table "public.big"');
  progress.measure(500 * mb);
  const before = progress.value();
  progress.hear('pg_dump: dumping contents of table "public.empty"');
  expect(progress.value()).toBeGreaterThanOrEqual(before);
  expect(progress.value()).toBeLessThan(1);
});

test('takes an unknown table and a database without tables as they come', () => {
  const progress = createDumpProgress([]);
  expect(progress.hear('pg_dump: dumping contents of table "public.new"')).toBe(
    'Dumping public.new (table 1 of 1)',
  );
  expect(progress.value()).toBeLessThan(1);
  expect(progress.hear('pg_dump: saving large objects')).toBe('Dumping large objects');
  expect(progress.hear('pg_dump: flagging indexes in partitioned tables')).toBeNull();
});

test('of several tables at once those count that are finished', () => {
  const twice = [...tables, { schema: 'other', name: 'big', bytes: 100 * mb }];
  const progress = createParallelProgress(twice);
  progress.hear('pg_dump: dumping contents of table "public.big"');
  progress.hear('pg_dump: dumping contents of table "other.big"');
  expect(progress.value()).toBe(0);
  expect(progress.hear('pg_dump: finished item 3401 TABLE DATA we"ird\nname')).toBe('Dumped 1 of 4 tables');
  expect(progress.value()).toBeCloseTo(0.1, 2);
  progress.hear('pg_dump: finished item 3402 TABLE DATA big');
  expect(progress.value()).toBeCloseTo(0.5, 2);
  progress.hear('pg_dump: finished item 3403 TABLE DATA big');
  progress.hear('pg_dump: finished item 3404 TABLE DATA empty');
  expect(progress.value()).toBe(0.99);
});
