import type { CellMark } from '@/components/data-grid/grid-row';
import type { RowsPage } from '@/lib/api-types';
import type { Cell } from '@/lib/query-event';
import { rowId } from './shown-row';
import { assigned, type Staged, type StagedChange, textOf } from './staged';

/** A page with the changes that wait laid over it: what is shown, and why. */
export type Overlay = {
  rows: readonly Cell[][];
  /** How many of the last rows are to be inserted. */
  inserts: number;
  /** The change of a row; undefined where none waits. */
  changeOf(row: number): StagedChange | undefined;
  markOf(row: number, column: number): CellMark | undefined;
};

/** Lays changes over a page: new values in their cells, and rows to be inserted after the last one. */
export function layOver(
  page: Pick<RowsPage, 'fields' | 'rows' | 'cut' | 'key' | 'row_words'>,
  staged: Staged,
): Overlay {
  const { fields, rows } = page;
  if (staged.length === 0) return { rows, inserts: 0, changeOf: () => undefined, markOf: () => undefined };
  const byId = new Map(staged.map((change) => [change.id, change]));
  const inserts = staged.filter(({ type }) => type === 'insert');
  const changes = [...rows.map((_, row) => byId.get(rowId(page, row) ?? '')), ...inserts];
  const shown = changes.map((change, row): Cell[] => {
    const cells = rows[row] ?? fields.map(() => null);
    return change === undefined
      ? cells
      : fields.map(({ name }, column) => cellOf(change, name, cells[column] ?? null));
  });
  return {
    rows: shown,
    inserts: inserts.length,
    changeOf: (row) => changes[row],
    markOf: (row, column) => markOf(changes[row], fields[column]?.name ?? ''),
  };
}

function cellOf(change: StagedChange, column: string, cell: Cell): Cell {
  const assignment = assigned(change, column);
  return assignment === undefined ? cell : (textOf(assignment) ?? null);
}

function markOf(change: StagedChange | undefined, column: string): CellMark | undefined {
  if (change === undefined) return undefined;
  if (change.type === 'delete') return 'deleted';
  const assignment = assigned(change, column);
  if (change.type === 'insert') return assignment === undefined ? 'default' : 'inserted';
  if (assignment === undefined) return undefined;
  return 'value' in assignment ? 'changed' : 'default';
}
