import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { formatCount } from '@/components/ui/format';
import { asTheyCome } from './arrangement';
import type { GridProps } from './grid-props';
import { boundsOf } from './grid-selection';
import { countRows } from './picked-rows';
import type { CutIndex } from './row-buffer';
import { useColumns } from './use-columns';
import { useCopy } from './use-copy';
import { useEdges } from './use-edges';
import { useMotion } from './use-motion';
import { useOpened } from './use-opened';
import { useSelection } from './use-selection';
import { useViewport } from './use-viewport';

const noCuts: CutIndex = new Map();

/** What a grid shows and holds, and what its keys do. */
export function useGrid(props: GridProps) {
  const { fields, rows, rowCount, cuts = noCuts, firstRowNumber = 1, startKey, onSelection, onWidth } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const plain = useMemo(() => asTheyCome(fields), [fields]);
  const { arrangement = plain } = props;
  const { places } = arrangement;
  const sizing = useColumns({ fields, rows, rowCount, arrangement, startKey, onWidth });
  const gutter = formatCount(firstRowNumber + rowCount).length * 7 + 20;
  const columns = { widths: sizing.widths, pinned: arrangement.pinned, gutter };
  const viewport = useViewport(scroller, rowCount, columns);
  const { selection, ...selecting } = useSelection({
    extent: () => ({ rows: rowCount, columns: places.length, page: viewport.page() }),
    reveal: viewport.reveal,
  });
  const bounds = useMemo(() => selection && boundsOf(selection, places.length), [selection, places.length]);
  useEffect(() => onSelection?.(bounds), [onSelection, bounds]);
  const copying = useCopy({ rows, cuts, places }, bounds);
  const { pinned } = viewport;
  const opened = useOpened({ scroller, places, pinned, editorOf: props.editorOf, step: selecting.step });
  useMotion({ ...props, scroller, places, viewport, selecting, opened });
  const reach = useEdges({ rows: viewport.rows, rowCount, startKey }, props.onEdge);

  const place = rowCount > 0 ? selection?.active : undefined;
  const field = place && places[place.column];
  const active = place === undefined || field === undefined ? null : { place, row: place.row, column: field };

  const onCellKey = (event: KeyboardEvent): boolean => {
    if (!active || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'Enter' || event.code === 'F2') opened.open(active.place);
    else if (event.code === 'Space') opened.setPanelOpen(true);
    else if (event.code === 'Equal') sizing.widen(active.column, 16);
    else if (event.code === 'Minus') sizing.widen(active.column, -16);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (place?.row === 0 && (event.key === 'ArrowUp' || event.key === 'PageUp')) props.onEdge?.('start');
    const isTaken = active && bounds && props.onCellKey?.(event, active, bounds);
    if (isTaken || selecting.onKey(event) || onCellKey(event)) event.preventDefault();
  };
  return {
    ...{ scroller, cuts, arrangement, firstRowNumber, sizing, gutter, viewport },
    ...{ selection, bounds, selecting, copying, opened, active, onKeyDown, reach },
    picked: pickedPart(bounds?.picked && countRows(bounds.picked), rowCount),
  };
}

/** How many of the rows are selected as wholes. */
export type PickedPart = 'none' | 'some' | 'all';

function pickedPart(picked: number | undefined, rowCount: number): PickedPart {
  if (picked === undefined) return 'none';
  return picked === rowCount ? 'all' : 'some';
}
