import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Bounds } from '@/components/data-grid/grid-selection';
import { useExport } from '@/components/export/use-export';
import type { ColumnLayout, RelationKind, RelationReference } from '@/lib/api-types';
import { useLayout } from './columns/use-layout';
import type { EditColumn } from './edit/edit-column';
import { useEditKeys } from './edit/use-edit-keys';
import { useEdits } from './edit/use-edits';
import { useRowsEditing } from './edit/use-rows-editing';
import type { Filter } from './filter';
import { type RowTies, tiesOf } from './links/row-links';
import { stepsOf } from './rows-steps';
import { type RelationPlace, reshape } from './rows-view';
import type { Edge } from './rows-window';
import { useRows } from './use-rows';
import { useRowsKeys } from './use-rows-keys';

export type RowsDeskOptions = {
  place: RelationPlace;
  kind: RelationKind;
  /** The columns as they are edited; null where the user may not change rows. */
  editColumns: readonly EditColumn[] | null;
  /** How the user has arranged the columns before. */
  layout: ColumnLayout;
  /** Foreign keys of other relations that refer to this one. */
  references: readonly RelationReference[];
};

/** The state of a relation's rows: what is shown and how, what is selected, what waits, what is open over them. */
export function useRowsDesk({ place, kind, editColumns, references, layout: kept }: RowsDeskOptions) {
  const rows = useRows(place);
  const { page, view, since, stuck, go, refresh } = rows;
  const isReading = since !== null;
  const router = useRouter();
  const exporting = useExport();
  const edits = useEdits();
  const editing = useRowsEditing(page, editColumns, edits);
  const layout = useLayout(place, page?.fields.map(({ name }) => name) ?? [], kept);
  const [selected, setSelected] = useState<Bounds | null>(null);
  const [dialog, setDialog] = useState<'review' | 'import' | null>(null);
  const [ties, setTies] = useState<RowTies | null>(null);
  const steps = stepsOf(view, page, kind);
  useEditKeys({ onReview: () => editing !== null && setDialog('review'), onUndo: edits.undo });
  useRowsKeys((step) => {
    const to = steps[step];
    if (to && !isReading) go(to);
  });
  /** Where the columns are others, the page around the rows must know them too. */
  const again = () => {
    if (stuck === null) return;
    if (stuck.error.code !== 'conflict') return rows.more(stuck.edge);
    router.refresh();
    refresh();
  };
  return {
    rows,
    isReading,
    steps,
    ...{ exporting, edits, editing, layout },
    ...{ selected, setSelected, dialog, setDialog, ties },
    again,
    /** Rows that are to be inserted stand after the last one, and stay there: none come between by themselves. */
    onEdge: (edge: Edge) => {
      if (edge === 'start' || !editing?.overlay.inserts) rows.more(edge);
    },
    filter: (filters: readonly Filter[]) => go(reshape(view, { filter: filters })),
    showTies: (row: number) => page && setTies(tiesOf(page, references, row)),
    hideTies: () => setTies(null),
  };
}

export type RowsDeskState = ReturnType<typeof useRowsDesk>;
