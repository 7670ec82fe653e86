import { type ClipboardEvent, useState } from 'react';
import { formatCount } from '@/components/ui/format';
import type { Cell } from '@/lib/query-event';
import type { Arrangement } from './arrangement';
import { type Bounds, boundsOf, type Selection } from './grid-selection';
import type { CutIndex } from './row-buffer';
import { toTsv } from './tsv';

/**
 * Copies the selection as text. It answers the browser's own copy event, which needs no permission and works
 * over plain http; `copied` says in words what was copied, cut cells included.
 */
export function useCopy(
  { rows, cuts, places }: { rows: readonly Cell[][]; cuts: CutIndex } & Pick<Arrangement, 'places'>,
  selection: Selection | null,
) {
  const [copied, setCopied] = useState('');
  const onCopy = (event: ClipboardEvent) => {
    if (!selection) return;
    const bounds = boundsOf(selection);
    event.clipboardData.setData('text/plain', toTsv(rows, bounds, places));
    event.preventDefault();
    setCopied(copiedInWords(bounds, countCuts(cuts, bounds, places)));
  };
  return { copied, onCopy };
}

function copiedInWords({ top, bottom, left, right }: Bounds, cutCells: number): string {
  const cells = (bottom - top + 1) * (right - left + 1);
  const words = `Copied ${formatCount(cells)} ${cells === 1 ? 'cell' : 'cells'}.`;
  return cutCells > 0 ? `${words} ${formatCount(cutCells)} of them hold only the beginning.` : words;
}

function countCuts(cuts: CutIndex, { top, bottom, left, right }: Bounds, places: readonly number[]): number {
  const fields = new Set(places.slice(left, right + 1));
  let count = 0;
  for (const [row, columns] of cuts) {
    if (row < top || row > bottom) continue;
    for (const column of columns.keys()) if (fields.has(column)) count += 1;
  }
  return count;
}
