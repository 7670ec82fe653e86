import type { Cell, Cut } from '@/lib/query-event';

/** Full lengths in bytes of the cells that arrived cut: row, then column, both from 0. */
export type CutIndex = ReadonlyMap<number, ReadonlyMap<number, number>>;

/**
 * The rows of one result while they arrive: an append-only array that lives outside React. Readers see
 * `getCount()` rows; it grows, and subscribers hear of it, at most once in `interval` milliseconds.
 */
export type RowBuffer = {
  readonly rows: readonly Cell[][];
  readonly cuts: CutIndex;
  append(rows: readonly Cell[][], cut?: readonly Cut[]): void;
  /** Publishes what has arrived at once: call it when the statement ends. */
  flush(): void;
  subscribe(listener: () => void): () => void;
  getCount(): number;
};

/** An empty buffer. */
export function createRowBuffer(interval = 100): RowBuffer {
  const rows: Cell[][] = [];
  const cuts = new Map<number, Map<number, number>>();
  const listeners = new Set<() => void>();
  let count = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (count === rows.length) return;
    count = rows.length;
    for (const listener of listeners) listener();
  };

  return {
    rows,
    cuts,
    append(batch, cut = []) {
      addCuts(cuts, cut, rows.length);
      for (const row of batch) rows.push(row);
      timer ??= setTimeout(flush, count === 0 ? 0 : interval);
    },
    flush,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getCount: () => count,
  };
}

/** The cuts of one page of rows, for a grid. */
export function indexCuts(cut: readonly Cut[] = []): CutIndex {
  const index = new Map<number, Map<number, number>>();
  addCuts(index, cut, 0);
  return index;
}

function addCuts(index: Map<number, Map<number, number>>, cut: readonly Cut[], firstRow: number) {
  for (const [row, column, bytes] of cut) {
    const columns = index.get(firstRow + row) ?? new Map<number, number>();
    columns.set(column, bytes);
    index.set(firstRow + row, columns);
  }
}
