import { useSyncExternalStore } from 'react';
import type { RowBuffer } from './row-buffer';

/** How many rows of the buffer are published; renders again when more are. */
export function useRowCount(buffer: RowBuffer): number {
  return useSyncExternalStore(buffer.subscribe, buffer.getCount, () => 0);
}
