// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has its cells placed, which tables do not allow
'use client';

import { useId, useMemo } from 'react';
import { formatRows } from '@/components/ui/format';
import { CellPanel } from './cell-panel';
import { columnKind } from './column-type';
import { GridBody } from './grid-body';
import { GridEditor } from './grid-editor';
import { GridHeader } from './grid-header';
import type { DataGridProps, GridProps } from './grid-props';
import { cellId } from './grid-row';
import { type LockedColumn, lockedWidth } from './header-cell';
import { useGrid } from './use-grid';
import { positionOf } from './use-selection';

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

type Held = ReturnType<typeof useGrid>;

const noneLocked: readonly LockedColumn[] = [];

function Grid(props: GridProps) {
  const { locked = noneLocked } = props;
  const gridId = useId();
  const grid = useGrid(props);
  return (
    <div className="flex h-full min-h-0 min-w-0">
      <div className="relative flex min-h-0 min-w-0 flex-1">
        <Scroller {...{ gridId, props, grid, locked }} />
        {/* Its own outline would lie under the cells that stay in sight. */}
        <div
          aria-hidden
          className="pointer-events-none absolute inset-0 z-30 hidden border-2 border-accent peer-focus-visible:block"
        />
      </div>
      <span role="status" className="sr-only">
        {grid.copying.said}
      </span>
      <ActivePanel {...{ props, grid }} />
    </div>
  );
}

/** What scrolls, and has the focus: cells are only named as active. */
function Scroller({ gridId, props, grid, locked }: CellsProps) {
  const { label, rowCount } = props;
  const { viewport, selecting, active, opened } = grid;
  return (
    <div
      ref={grid.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={grid.arrangement.places.length + locked.length + 1}
      aria-multiselectable
      aria-readonly={props.editorOf === undefined}
      aria-activedescendant={active ? cellId(gridId, active.row, active.place.column) : undefined}
      tabIndex={0}
      onFocus={(event) => event.target === event.currentTarget && selecting.begin()}
      onKeyDown={grid.onKeyDown}
      onCopy={grid.copying.onCopy}
      onScroll={grid.reach}
      onPointerDown={selecting.onPointerDown}
      onPointerMove={selecting.onPointerMove}
      onClick={selecting.onClick}
      onDoubleClick={(event) => {
        const at = positionOf(event.target);
        if (at) opened.open(at);
      }}
      className="group/grid peer min-h-0 min-w-0 flex-1 select-none overflow-auto bg-surface outline-none"
    >
      <div
        className="relative min-w-full"
        style={{ width: viewport.width + locked.length * lockedWidth, height: viewport.height }}
      >
        <Cells {...{ gridId, props, grid, locked }} />
      </div>
      {rowCount === 0 ? (
        <p className="sticky left-0 w-fit p-3 text-ink-soft">{props.emptyText ?? 'No rows.'}</p>
      ) : null}
    </div>
  );
}

type CellsProps = { gridId: string; props: GridProps; grid: Held; locked: readonly LockedColumn[] };

/** The header, the rows near the viewport, and the editor of one cell. */
function Cells({ gridId, props, grid, locked }: CellsProps) {
  const { fields, rows, linkOf, markOf } = props;
  const { cuts, viewport, arrangement, gutter, firstRowNumber, sizing, selection, bounds } = grid;
  const { editing, editor } = grid.opened;
  const kinds = useMemo(() => fields.map(columnKind), [fields]);
  return (
    <>
      <GridHeader
        {...{ fields, arrangement, sizing, gutter, locked }}
        columns={viewport.columns}
        pinned={viewport.pinned}
        width={viewport.width}
        headerSlot={props.headerSlot}
        sortOf={props.sortOf}
        picked={grid.picked}
        onPlace={props.onPlace}
      />
      <GridBody
        {...{ gridId, rows, cuts, kinds, viewport, arrangement, gutter, firstRowNumber, linkOf, markOf }}
        {...{ selection, bounds }}
      />
      {editing ? (
        <GridEditor key={`${editing.row} ${editing.column}`} {...{ editing, gutter }} widths={sizing.widths}>
          {editor}
        </GridEditor>
      ) : null}
    </>
  );
}

/** The panel of the active cell, where it is open. */
function ActivePanel({ props, grid }: { props: GridProps; grid: Held }) {
  const { active, cuts, firstRowNumber, opened } = grid;
  const field = active && props.fields[active.column];
  if (!opened.isPanelOpen || !active || !field) return null;
  return (
    <CellPanel
      field={field}
      value={props.rows[active.row]?.[active.column] ?? null}
      bytes={cuts.get(active.row)?.get(active.column)}
      rowNumber={firstRowNumber + active.row}
      href={props.cellHref?.(active.row, active.column) ?? null}
      onClose={() => opened.setPanelOpen(false)}
    />
  );
}
