import { useRouter } from 'next/navigation';
import type { KeyboardEvent } from 'react';
import type { LinkOf } from '@/components/data-grid/grid-row';
import type { Bounds, Position } from '@/components/data-grid/grid-selection';
import type { CutIndex } from '@/components/data-grid/row-buffer';
import type { Cell } from '@/lib/query-event';
import { changeColumn, isPinned, moveColumn } from './columns/layout';
import type { Layout } from './columns/use-layout';
import { conditionOfCell } from './conditions';
import type { RowsGridProps } from './rows-grid';

type CellKeysOptions = Pick<
  RowsGridProps,
  'page' | 'layout' | 'editing' | 'onSort' | 'onFilter' | 'onTies' | 'onFarEnd'
> & {
  /** The rows with what waits laid over them. */
  shown: readonly Cell[][];
  cuts: CutIndex;
  linkOf: LinkOf;
};

/** The keys of a relation's rows while a cell is active: true for one that is theirs, and not the grid's. */
export function useCellKeys({ page, shown, cuts, layout, editing, linkOf, ...on }: CellKeysOptions) {
  const router = useRouter();
  return (event: KeyboardEvent, at: Position, bounds: Bounds): boolean => {
    const { row, column } = at;
    if (editing?.onKey(event, bounds)) return true;
    const field = page.fields[column];
    const isFar = event.ctrlKey || event.metaKey;
    if (!field || event.altKey) return false;
    const link = isFar && event.key === 'Enter' ? linkOf(row, column) : null;
    if (link) router.push(link.href);
    else if (isFar)
      return !event.shiftKey && isEnd(event.key) && on.onFarEnd(event.key === 'Home' ? 'first' : 'last');
    else if (event.code === 'KeyS' && field.is_sortable) on.onSort(field.name, event.shiftKey);
    else if (event.code === 'KeyF' && !cuts.get(row)?.has(column)) {
      on.onFilter(conditionOfCell(field.name, shown[row]?.[column] ?? null));
    } else if (event.code === 'KeyR') on.onTies(row);
    else return arrangeByKey(layout, event.code, field.name);
    return true;
  };
}

function isEnd(key: string): boolean {
  return key === 'Home' || key === 'End';
}

/** Hides, pins or moves a column; true for a key that does. The last one that is shown stays. */
function arrangeByKey({ columns, arrangement, change }: Layout, code: string, name: string): boolean {
  const column = columns.find((each) => each.name === name);
  if (code === 'KeyH' && arrangement.places.length > 1) {
    change((before) => changeColumn(before, name, { is_hidden: true }));
  } else if (code === 'KeyP') {
    change((before) =>
      changeColumn(before, name, { is_pinned: column && isPinned(column) ? undefined : true }),
    );
  } else if (code === 'BracketLeft') change((before) => moveColumn(before, name, -1));
  else if (code === 'BracketRight') change((before) => moveColumn(before, name, 1));
  else return false;
  return true;
}
