import { expect, test } from 'vitest';
import { type DatabaseMaintenance, type MaintainedTable, stepOfTable } from './maintain-database';
import { maintenanceSql } from './maintenance';

const tables: MaintainedTable[] = [
  { schema: 'public', name: 'posts', kind: 'table', is_partition: false, indexes: 2 },
  { schema: 'public', name: 'plain', kind: 'table', is_partition: false, indexes: 0 },
  { schema: 'public', name: 'sums', kind: 'materialized_view', is_partition: false, indexes: 1 },
  { schema: 'public', name: 'sales', kind: 'partitioned_table', is_partition: false, indexes: 1 },
  { schema: 'public', name: 'sales_26', kind: 'partitioned_table', is_partition: true, indexes: 1 },
  { schema: 'public', name: 'Sales "26', kind: 'table', is_partition: true, indexes: 1 },
];

function stepsOf(work: DatabaseMaintenance): string[] {
  return tables.flatMap((table) => {
    const step = stepOfTable(work, table);
    return step === null ? [] : [maintenanceSql(step)];
  });
}

test('VACUUM takes what holds rows; with ANALYZE a partitioned table is analysed once, as a whole', () => {
  expect(stepsOf({ action: 'vacuum', analyze: true, freeze: false })).toEqual([
    'vacuum (verbose, analyze) public.posts',
    'vacuum (verbose, analyze) public.plain',
    'vacuum (verbose, analyze) public.sums',
    'analyze (verbose) public.sales',
    'vacuum (verbose) public."Sales ""26"',
  ]);
  expect(stepsOf({ action: 'vacuum', analyze: false, freeze: true })).toEqual([
    'vacuum (verbose, freeze) public.posts',
    'vacuum (verbose, freeze) public.plain',
    'vacuum (verbose, freeze) public.sums',
    'vacuum (verbose, freeze) public."Sales ""26"',
  ]);
});

test('ANALYZE reaches partitions by their parent', () => {
  expect(stepsOf({ action: 'analyze' })).toEqual([
    'analyze (verbose) public.posts',
    'analyze (verbose) public.plain',
    'analyze (verbose) public.sums',
    'analyze (verbose) public.sales',
  ]);
});

test('REINDEX takes what has indexes of its own', () => {
  expect(stepsOf({ action: 'reindex', concurrently: true })).toEqual([
    'reindex (verbose, concurrently) table public.posts',
    'reindex (verbose, concurrently) table public.sums',
    'reindex (verbose, concurrently) table public."Sales ""26"',
  ]);
});
