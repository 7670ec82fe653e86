import { expect, test } from 'vitest';
import type { Backend } from '@/lib/api-types';
import { filterBackends, treeOf } from './backend-tree';

const everything = { q: '', isIdleShown: true, isSystemShown: true };

function backend(pid: number, more: Partial<Backend> = {}): Backend {
  return {
    pid,
    started_at: '2026-01-01T00:00:00Z',
    type: 'client backend',
    user: 'app',
    database: 'blog',
    application: '',
    client: null,
    state: 'active',
    wait: null,
    transaction_at: null,
    query_at: null,
    query: `select ${pid}`,
    is_hidden: false,
    blocked_by: [],
    work: null,
    no_cancel: null,
    no_terminate: null,
    ...more,
  };
}

const shape = (backends: Backend[]) =>
  treeOf(backends).map(({ backend: { pid }, depth, blocks }) => [pid, depth, blocks]);

test('who waits stands under whom it waits for, and blockers come first', () => {
  const backends = [
    backend(1),
    backend(2, { blocked_by: [3] }),
    backend(3, { state: 'idle in transaction' }),
    backend(4, { blocked_by: [2] }),
    backend(5, { state: 'idle' }),
  ];
  expect(shape(backends)).toEqual([
    [3, 0, 2],
    [2, 1, 1],
    [4, 2, 0],
    [1, 0, 0],
    [5, 0, 0],
  ]);
});

test('one that waits for two stands once, a circle ends, and a blocker that is not there does not hide its waiter', () => {
  expect(shape([backend(1), backend(2), backend(3, { blocked_by: [1, 2] })])).toHaveLength(3);
  expect(shape([backend(1, { blocked_by: [2] }), backend(2, { blocked_by: [1] })])).toEqual([
    [1, 0, 1],
    [2, 1, 0],
  ]);
  expect(shape([backend(1, { blocked_by: [0] })])).toEqual([[1, 0, 0]]);
});

test('a filter finds by any text, and brings along who blocks and who waits', () => {
  const backends = [
    backend(1, { state: 'idle', query: 'blocker' }),
    backend(2, { query: 'needle', blocked_by: [1] }),
    backend(3, { type: 'checkpointer', state: null }),
    backend(4),
  ];
  const pids = (filter: Partial<typeof everything>) =>
    filterBackends(backends, { ...everything, ...filter }).map(({ pid }) => pid);
  expect(pids({})).toEqual([1, 2, 3, 4]);
  expect(pids({ q: 'NEEDLE' })).toEqual([1, 2]);
  expect(pids({ isIdleShown: false, isSystemShown: false })).toEqual([1, 2, 4]);
});
