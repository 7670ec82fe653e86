import { type ClipboardEvent, useState } from 'react';
import { formatCount, formatRows } from '@/components/ui/format';
import type { Cell } from '@/lib/query-event';
import type { Arrangement } from './arrangement';
import { type Bounds, countCells, hasRow } from './grid-selection';
import { countRows } from './picked-rows';
import type { CutIndex } from './row-buffer';
import { toTsv } from './tsv';

/**
 * Copies the selection as text. It answers the browser's own copy event, which needs no permission and works
 * over plain http; `said` tells in words what was copied, cut cells included, or else how many rows are selected.
 */
export function useCopy(
  { rows, cuts, places }: { rows: readonly Cell[][]; cuts: CutIndex } & Pick<Arrangement, 'places'>,
  bounds: Bounds | null,
) {
  const [copied, setCopied] = useState<{ bounds: Bounds; words: string } | null>(null);
  const onCopy = (event: ClipboardEvent) => {
    if (!bounds) return;
    event.clipboardData.setData('text/plain', toTsv(rows, bounds, places));
    event.preventDefault();
    setCopied({ bounds, words: copiedInWords(bounds, countCuts(cuts, bounds, places)) });
  };
  const isCopied = copied !== null && copied.bounds === bounds;
  return { said: isCopied ? copied.words : pickedInWords(bounds), onCopy };
}

/** `3 rows selected`; nothing where no whole rows are. */
export function pickedInWords(bounds: Bounds | null): string {
  return bounds?.picked ? `${formatRows(countRows(bounds.picked))} selected` : '';
}

function copiedInWords(bounds: Bounds, cutCells: number): string {
  const cells = countCells(bounds);
  const rows = bounds.picked ? `${formatRows(countRows(bounds.picked))}, ` : '';
  const words = `Copied ${rows}${formatCount(cells)} ${cells === 1 ? 'cell' : 'cells'}.`;
  return cutCells > 0 ? `${words} ${formatCount(cutCells)} of them hold only the beginning.` : words;
}

function countCuts(cuts: CutIndex, bounds: Bounds, places: readonly number[]): number {
  const fields = new Set(places.slice(bounds.left, bounds.right + 1));
  let count = 0;
  for (const [row, columns] of cuts) {
    if (!hasRow(bounds, row)) continue;
    for (const column of columns.keys()) if (fields.has(column)) count += 1;
  }
  return count;
}
