import type { Backend } from '@/lib/api-types';

/** A backend with how deep it stands under those that it waits for, and how many wait for it in all. */
export type TreeRow = { backend: Backend; depth: number; blocks: number };

export type BackendFilter = { q: string; isIdleShown: boolean; isSystemShown: boolean };

/**
 * Backends as a tree of who waits for whom: those that block others first, each above what it blocks; then the busy ones,
 * then the idle. A circle of waits, which PostgreSQL is about to break, is cut where it was entered.
 */
export function treeOf(backends: readonly Backend[]): TreeRow[] {
  const byPid = new Map(backends.map((backend) => [backend.pid, backend]));
  const waitersOf = (pid: number) => backends.filter(({ blocked_by }) => blocked_by.includes(pid));
  const seen = new Set<number>();
  const rows: TreeRow[] = [];
  const place = (backend: Backend, depth: number): number => {
    seen.add(backend.pid);
    const row = { backend, depth, blocks: 0 };
    rows.push(row);
    for (const waiter of waitersOf(backend.pid)) {
      if (!seen.has(waiter.pid)) row.blocks += 1 + place(waiter, depth + 1);
    }
    return row.blocks;
  };
  const isRoot = ({ blocked_by }: Backend) => !blocked_by.some((pid) => byPid.has(pid));
  const roots = backends.filter(isRoot).sort((one, other) => weight(other) - weight(one));
  for (const root of roots) place(root, 0);
  for (const left of backends) if (!seen.has(left.pid)) place(left, 0);
  return rows;

  function weight(backend: Backend): number {
    if (waitersOf(backend.pid).length > 0) return 3;
    if (backend.state === null) return 0;
    return backend.state === 'idle' ? 1 : 2;
  }
}

/** The backends that a filter shows; whoever blocks one of them, or waits for it, comes along. */
export function filterBackends(backends: readonly Backend[], filter: BackendFilter): Backend[] {
  const q = filter.q.trim().toLowerCase();
  const isShown = (backend: Backend) => {
    if (!filter.isSystemShown && backend.type !== 'client backend' && !backend.is_hidden) return false;
    if (!filter.isIdleShown && backend.state === 'idle') return false;
    return q === '' || textOf(backend).includes(q);
  };
  const shown = new Set(backends.filter(isShown).map(({ pid }) => pid));
  for (let size = -1; size !== shown.size; ) {
    size = shown.size;
    for (const { pid, blocked_by } of backends) {
      if (shown.has(pid)) for (const blocker of blocked_by) shown.add(blocker);
      else if (blocked_by.some((blocker) => shown.has(blocker))) shown.add(pid);
    }
  }
  return backends.filter(({ pid }) => shown.has(pid));
}

function textOf({ pid, user, database, application, client, state, query, work }: Backend): string {
  return [pid, user, database, application, client, state, query, work?.user].join(' ').toLowerCase();
}
