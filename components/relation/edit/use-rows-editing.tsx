import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import { type Bounds, type Position, rowsOf } from '@/components/data-grid/grid-selection';
import type { RowsPage } from '@/lib/api-types';
import { CellEditor } from './cell-editor';
import { type EditColumn, whyClosed } from './edit-column';
import { layOver, type Overlay } from './overlay';
import { rowId, shownRow } from './shown-row';
import {
  assigned,
  type StagedRow,
  stageDelete,
  stageInsert,
  stageInserted,
  stageValue,
  textOf,
  withdraw,
} from './staged';
import type { Edits } from './use-edits';

/** How the rows of a page are changed in the grid. */
export type RowsEditing = {
  overlay: Overlay;
  editorOf(at: Position, close: (step: number) => void): ReactNode;
  /** True for a key that changes rows. */
  onKey(event: KeyboardEvent, bounds: Bounds): boolean;
  /** Whether one of the rows can be deleted, or is to be inserted. */
  canDelete(bounds: Bounds): boolean;
  deleteRows(bounds: Bounds): void;
  insertRow(): void;
};

/** Editing of one page's rows; null without columns, where nothing may be changed. */
export function useRowsEditing(
  page: RowsPage | null,
  columns: readonly EditColumn[] | null,
  { staged, change }: Edits,
): RowsEditing | null {
  const overlay = useMemo(() => (page === null ? null : layOver(page, staged)), [page, staged]);
  if (page === null || overlay === null || columns === null) return null;

  const nameRow = (row: number): StagedRow | null => {
    const id = row < page.rows.length ? rowId(page, row) : null;
    return id === null ? null : { id, row: shownRow(page, row) };
  };

  const editorOf: RowsEditing['editorOf'] = (at, close) => {
    const editable = editableAt({ page, columns, overlay, nameRow }, at);
    if (editable === null) return null;
    const { column, value, named, waiting } = editable;
    return (
      <CellEditor
        {...{ column, value }}
        onSave={(next) =>
          change((before) =>
            named === null ? stageInserted(before, waiting?.id ?? '', next) : stageValue(before, named, next),
          )
        }
        onClose={close}
      />
    );
  };

  const isInsert = (row: number) => overlay.changeOf(row)?.type === 'insert';
  const canDelete = (bounds: Bounds) => rowsOf(bounds).some((row) => isInsert(row) || nameRow(row) !== null);
  const deleteRows = (bounds: Bounds) => {
    const rows = rowsOf(bounds);
    const inserts = rows.flatMap((row) => (isInsert(row) ? [overlay.changeOf(row)?.id ?? ''] : []));
    const named = rows.flatMap((row) => nameRow(row) ?? []);
    change((before) => {
      const rest = inserts.length === 0 ? before : withdraw(before, inserts);
      return named.length === 0 ? rest : stageDelete(rest, named);
    });
  };
  const insertRow = () => change(stageInsert);

  return {
    overlay,
    editorOf,
    canDelete,
    deleteRows,
    insertRow,
    onKey: (event, bounds) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      if (event.code === 'Delete' && canDelete(bounds)) deleteRows(bounds);
      else if (event.code === 'Insert') insertRow();
      else return false;
      return true;
    },
  };
}

type Shown = {
  page: RowsPage;
  columns: readonly EditColumn[];
  overlay: Overlay;
  nameRow: (row: number) => StagedRow | null;
};

/** The cell at a place as its editor takes it; null where it can't be edited: closed, cut, or of a row that nothing names. */
function editableAt({ page, columns, overlay, nameRow }: Shown, { row, column: place }: Position) {
  const column = columns.find(({ name }) => name === page.fields[place]?.name);
  const waiting = overlay.changeOf(row);
  if (!column || whyClosed(column) !== null || waiting?.type === 'delete') return null;
  const assignment = assigned(waiting, column.name);
  const isCut = page.cut.some(([at, of]) => at === row && of === place);
  if (isCut && assignment === undefined) return null;
  const named = nameRow(row);
  if (waiting?.type !== 'insert' && named === null) return null;
  const stored = waiting?.type === 'insert' ? undefined : (page.rows[row]?.[place] ?? null);
  return { column, waiting, named, value: assignment === undefined ? stored : textOf(assignment) };
}
