// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has its cells placed, which tables do not allow
'use client';

import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { formatCount, formatRows } from '@/components/ui/format';
import type { Cell, Field } from '@/lib/query-event';
import { type Arrangement, asTheyCome } from './arrangement';
import { CellPanel } from './cell-panel';
import { columnKind } from './column-type';
import { GridBody } from './grid-body';
import { type Editing, GridEditor } from './grid-editor';
import { GridHeader, type LockedColumn, lockedWidth } from './grid-header';
import { type CellLink, cellId, type MarkOf } from './grid-row';
import { type Bounds, boundsOf, type Position } from './grid-selection';
import type { CutIndex } from './row-buffer';
import { useColumns } from './use-columns';
import { useCopy } from './use-copy';
import { useEdges, useFollow, useShift } from './use-edges';
import { positionOf, useSelection } from './use-selection';
import { rowHeight, useViewport } from './use-viewport';

export type DataGridProps = {
  /** The grid's name: "Result of statement 1". */
  label: string;
  fields: readonly Field[];
  /** May be an array that only grows; say then with `rowCount` how much of it to show. */
  rows: readonly Cell[][];
  rowCount?: number;
  /** Full lengths of cells that arrived cut: `indexCuts(cut)`, or a buffer's `cuts`. */
  cuts?: CutIndex;
  /** How the fields are shown; all of them as they come without it. Keep it the same between renders. */
  arrangement?: Arrangement;
  /** Told of a width that somebody has chosen; null for the first one again. */
  onWidth?: (field: number, width: number | null) => void;
  /** The number of the first row, for a page of rows. */
  firstRowNumber?: number;
  /** Said below the header when there are no rows. */
  emptyText?: string;
  /** Where the whole of a cut cell is; null, or without it, the panel only says how long it is. */
  cellHref?: (row: number, column: number) => string | null;
  /** Something at the end of a column's header: a sort button. */
  headerSlot?: (column: number) => ReactNode;
  /** How a column orders the rows, where it does. */
  sortOf?: (column: number) => 'ascending' | 'descending' | undefined;
  /** Where a cell leads that names a row elsewhere. Keep the function the same between renders. */
  linkOf?: (row: number, column: number) => CellLink | null;
  /** Columns that are there but closed: headers behind the others, without cells. */
  locked?: readonly LockedColumn[];
  /** When it changes, other rows are shown: the grid goes to their first one, in the same column, or to their last. */
  startKey?: string;
  startAt?: 'start' | 'end';
  /** Rows that have come to stand before the first one, less those that went: the same rows stay in sight and selected. */
  before?: number;
  /** Called near an edge of the rows: more of them may follow there. */
  onEdge?: (edge: 'start' | 'end') => void;
  /**
   * Asked about a key before the grid is, while a cell is active; true when the key was its own. Here and below a column is
   * the index of its field, but in bounds, where it is its place.
   */
  onCellKey?: (event: KeyboardEvent, at: Position, bounds: Bounds) => boolean;
  /** Told when other cells are selected. Keep the function the same between renders. */
  onSelection?: (bounds: Bounds | null) => void;
  /** What a cell waits for: it is shown so. Keep the function the same between renders. */
  markOf?: MarkOf;
  /** The editor of a cell, opened by F2, Enter and a double click; null where it can't be edited. */
  editorOf?: (at: Position, close: (step: number) => void) => ReactNode;
};

/**
 * Rows as PostgreSQL sent them, as text. It fills its parent, which must have a height. Rows, and columns from 50 on,
 * are virtualised: 1,600 columns and some 500,000 rows (where the height of a page ends) stay fluid.
 */
export function DataGrid(props: DataGridProps) {
  const { fields, rows, rowCount = rows.length } = props;
  if (fields.length === 0)
    return <p className="p-3 text-ink-soft">{formatRows(rowCount)} without columns.</p>;
  return <Grid {...props} rowCount={rowCount} />;
}

type GridProps = DataGridProps & { rowCount: number };

const noCuts: CutIndex = new Map();
const noneLocked: readonly LockedColumn[] = [];

function Grid({ label, fields, rows, rowCount, cuts = noCuts, firstRowNumber = 1, ...rest }: GridProps) {
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [isPanelOpen, setPanelOpen] = useState(false);
  const [editing, setEditing] = useState<Editing | null>(null);
  const kinds = useMemo(() => fields.map(columnKind), [fields]);
  const plain = useMemo(() => asTheyCome(fields), [fields]);
  const { arrangement = plain, onWidth, startKey } = rest;
  const { places, pinned } = arrangement;
  const sizing = useColumns({ fields, rows, rowCount, arrangement, startKey, onWidth });
  const gutter = formatCount(firstRowNumber + rowCount).length * 7 + 20;
  const { locked = noneLocked } = rest;
  const viewport = useViewport(scroller, rowCount, { widths: sizing.widths, pinned, gutter });
  const { selection, ...selecting } = useSelection({
    extent: () => ({ rows: rowCount, columns: places.length, page: viewport.page() }),
    reveal: viewport.reveal,
  });
  const { onSelection } = rest;
  useEffect(() => onSelection?.(selection && boundsOf(selection)), [onSelection, selection]);
  const { copied, onCopy } = useCopy({ rows, cuts, places }, selection);
  const place = rowCount > 0 ? selection?.active : undefined;
  const index = place && places[place.column];
  const active = index === undefined ? undefined : { row: place?.row ?? 0, column: index };
  useStart(startKey, () => {
    const isEnd = rest.startAt === 'end';
    scroller.current?.scrollTo({ top: isEnd ? viewport.height : 0 });
    setEditing(null);
    selecting.restart(isEnd ? Math.max(0, rowCount - 1) : 0);
  });
  const field = active && fields[active.column];
  const { onEdge } = rest;
  const reach = useEdges(viewport.rows, rowCount, onEdge);
  useShift(rest.before ?? 0, (rows) => {
    scroller.current?.scrollBy({ top: rows * rowHeight, behavior: 'instant' });
    setEditing((at) => at && { ...at, row: at.row + rows });
    selecting.shift(rows);
  });

  useFollow(places, (placeOf) => {
    setEditing(null);
    selecting.follow(placeOf);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (place?.row === 0 && (event.key === 'ArrowUp' || event.key === 'PageUp')) onEdge?.('start');
    const isTaken = active && selection && rest.onCellKey?.(event, active, boundsOf(selection));
    if (isTaken || selecting.onKey(event) || onCellKey(event)) event.preventDefault();
  };
  const fieldAt = ({ row, column }: Position) => ({ row, column: places[column] ?? column });
  const editorAt = (at: Position) => rest.editorOf?.(fieldAt(at), closeEditor) ?? null;
  const closeEditor = (step: number) => {
    setEditing(null);
    scroller.current?.focus({ preventScroll: true });
    if (step !== 0) selecting.step(step);
  };
  const open = (at: Position) => {
    if (editorAt(at) === null) setPanelOpen(true);
    else setEditing({ ...at, shift: at.column < viewport.pinned ? (scroller.current?.scrollLeft ?? 0) : 0 });
  };
  const onCellKey = (event: KeyboardEvent): boolean => {
    if (!active || !place || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'Enter' || event.code === 'F2') open(place);
    else if (event.code === 'Space') setPanelOpen(true);
    else if (event.code === 'Equal') sizing.widen(active.column, 16);
    else if (event.code === 'Minus') sizing.widen(active.column, -16);
    else return false;
    return true;
  };

  return (
    <div className="flex h-full min-h-0 min-w-0">
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-colcount={places.length + locked.length + 1}
        aria-multiselectable
        aria-readonly={rest.editorOf === undefined}
        aria-activedescendant={active && place && cellId(gridId, place.row, place.column)}
        tabIndex={0}
        onFocus={(event) => event.target === event.currentTarget && selecting.begin()}
        onKeyDown={onKeyDown}
        onCopy={onCopy}
        onScroll={reach}
        onPointerDown={selecting.onPointerDown}
        onPointerMove={selecting.onPointerMove}
        onDoubleClick={(event) => {
          const at = positionOf(event.target);
          if (at) open(at);
        }}
        className="group/grid min-h-0 min-w-0 flex-1 select-none overflow-auto bg-surface focus-visible:-outline-offset-2"
      >
        <div
          className="relative min-w-full"
          style={{ width: viewport.width + locked.length * lockedWidth, height: viewport.height }}
        >
          <GridHeader
            fields={fields}
            columns={viewport.columns}
            {...{ places, sizing }}
            pinned={viewport.pinned}
            width={viewport.width}
            gutter={gutter}
            headerSlot={rest.headerSlot}
            sortOf={rest.sortOf}
            locked={locked}
          />
          <GridBody
            {...{ gridId, rows, cuts, kinds, viewport, arrangement, gutter, firstRowNumber, selection }}
            linkOf={rest.linkOf}
            markOf={rest.markOf}
          />
          {editing ? (
            <GridEditor
              key={`${editing.row} ${editing.column}`}
              {...{ editing, gutter }}
              widths={sizing.widths}
            >
              {editorAt(editing)}
            </GridEditor>
          ) : null}
        </div>
        {rowCount === 0 ? (
          <p className="sticky left-0 w-fit p-3 text-ink-soft">{rest.emptyText ?? 'No rows.'}</p>
        ) : null}
      </div>
      <span role="status" className="sr-only">
        {copied}
      </span>
      {isPanelOpen && field ? (
        <CellPanel
          field={field}
          value={rows[active.row]?.[active.column] ?? null}
          bytes={cuts.get(active.row)?.get(active.column)}
          rowNumber={firstRowNumber + active.row}
          href={rest.cellHref?.(active.row, active.column) ?? null}
          onClose={() => setPanelOpen(false)}
        />
      ) : null}
    </div>
  );
}

/** Calls `begin` when the key becomes another one. */
function useStart(key: string | undefined, begin: () => void) {
  const last = useRef(key);
  const start = useEffectEvent(begin);
  useEffect(() => {
    if (last.current !== key) start();
    last.current = key;
  }, [key]);
}
