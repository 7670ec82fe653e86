import type { KeyboardEvent, ReactNode } from 'react';
import type { Cell, Field } from '@/lib/query-event';
import type { Arrangement } from './arrangement';
import type { LinkOf, MarkOf } from './grid-row';
import type { Bounds, Position } from './grid-selection';
import type { LockedColumn } from './header-cell';
import type { CutIndex } from './row-buffer';

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
  /** Told of a column whose header was dragged to a place of the arrangement; headers can't be dragged without it. */
  onPlace?: (field: number, place: number) => void;
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
  linkOf?: LinkOf;
  /** Columns that are there but closed: headers behind the others, without cells. */
  locked?: readonly LockedColumn[];
  /** When it changes, other rows are shown: the grid goes to their first one, in the same column, or to their last. */
  startKey?: string;
  startAt?: 'start' | 'end';
  /** Rows that have come to stand before the first one, less those that went: the same rows stay in sight and selected. */
  before?: number;
  /** When it changes, the same place shows rows that were read again: whole rows that were selected are let go. */
  readAgain?: number;
  /** How many of the last rows are new here: when there are more of them, the grid goes to the last one. */
  added?: number;
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

/** The same, with how many of the rows are shown. */
export type GridProps = DataGridProps & { rowCount: number };
