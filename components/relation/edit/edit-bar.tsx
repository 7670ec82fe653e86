import { FileUp, Plus, Trash2, Undo2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import type { Edits } from './use-edits';

export type EditBarProps = {
  edits: Edits;
  /** What deletes the selected rows; null where none of them can be. */
  onDelete: (() => void) | null;
  onInsert: () => void;
  onReview: () => void;
  onImport: () => void;
};

/** What can be done with rows here, and what waits to be done. */
export function EditBar({ edits, onDelete, onInsert, onReview, onImport }: EditBarProps) {
  const count = edits.staged.length;
  return (
    <div
      role="toolbar"
      aria-label="Changes"
      className="flex shrink-0 flex-wrap items-center gap-1.5 px-2 pb-1.5 md:px-3"
    >
      <Button size="small" variant="ghost" onClick={onInsert}>
        <Plus aria-hidden />
        Insert row
      </Button>
      <Button size="small" variant="ghost" disabled={onDelete === null} onClick={() => onDelete?.()}>
        <Trash2 aria-hidden />
        Delete selected
      </Button>
      <Button size="small" variant="ghost" onClick={onImport}>
        <FileUp aria-hidden />
        Import CSV
      </Button>
      {edits.canUndo ? (
        <Button size="small" variant="ghost" onClick={edits.undo}>
          <Undo2 aria-hidden />
          Undo
        </Button>
      ) : null}
      {count === 0 ? null : (
        <>
          <p role="status" className="ml-auto text-sm text-warning">
            {changesInWords(count)} not made yet
          </p>
          <Button size="small" variant="ghost" onClick={() => edits.change(() => [])}>
            Discard
          </Button>
          <Button size="small" variant="primary" onClick={onReview}>
            Review {changesInWords(count)}
          </Button>
        </>
      )}
    </div>
  );
}

/** `1 change`, `3 changes`. */
export function changesInWords(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'change' : 'changes'}`;
}
