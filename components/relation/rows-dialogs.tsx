import { type EditColumn, whyClosed } from './edit/edit-column';
import { ReviewDialog } from './edit/review-dialog';
import { ImportDialog } from './import/import-dialog';
import type { RelationPlace } from './rows-view';
import type { RowsDeskState } from './use-rows-desk';

export type RowsDialogsProps = {
  place: RelationPlace;
  editColumns: readonly EditColumn[] | null;
  desk: RowsDeskState;
};

/** What is asked in front of the rows: the review of changes, and a file to import. */
export function RowsDialogs({ place, editColumns, desk }: RowsDialogsProps) {
  const { dialog, setDialog, edits, rows } = desk;
  const close = () => setDialog(null);
  if (dialog === 'review')
    return <ReviewDialog place={place} edits={edits} onClose={close} onApplied={rows.refresh} />;
  if (dialog === null || editColumns === null) return null;
  return (
    <ImportDialog
      place={place}
      names={editColumns.filter((column) => whyClosed(column) === null).map(({ name }) => name)}
      onClose={close}
      onImported={rows.refresh}
    />
  );
}
