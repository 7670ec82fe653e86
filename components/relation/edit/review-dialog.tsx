import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { EditPreview } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import type { RelationPlace } from '../rows-view';
import { CascadeList } from './cascade-list';
import { ConflictView } from './conflict-view';
import { changesInWords } from './edit-bar';
import { applyEdits, previewEdits, type Refused } from './send-edits';
import { changesOf, rebase, type Staged, withdraw } from './staged';
import type { Edits } from './use-edits';

export type ReviewDialogProps = {
  place: RelationPlace;
  edits: Edits;
  onClose: () => void;
  /** All changes stand: what is shown must be read again. */
  onApplied: () => void;
};

/** The exact SQL of what waits, what its deletes reach, and the one button that makes it so. */
export function ReviewDialog({ place, edits, onClose, onApplied }: ReviewDialogProps) {
  const { staged } = edits;
  const preview = usePreview(place, staged);
  const { refused, isApplying, apply, decide } = useApply(place, edits, () => {
    onApplied();
    onClose();
  });
  const { conflict } = refused ?? {};
  const culprit = conflict && staged[conflict.change];
  const isConflict = refused?.error.code === 'conflict' && culprit !== undefined;
  const error = refused ?? (preview !== null && 'error' in preview ? preview : null);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={staged.length === 0 ? 'No change is left' : `Review ${changesInWords(staged.length)}`}
      description={`One transaction on ${place.schema}.${place.name} at the write level: all of it or nothing.`}
      className="max-w-[760px]!"
      footer={
        <>
          <Button onClick={onClose}>Go on editing</Button>
          <Button
            variant="primary"
            disabled={
              isApplying || isConflict || staged.length === 0 || preview === null || 'error' in preview
            }
            onClick={() => void apply()}
          >
            {isApplying ? 'Applying' : `Apply to ${place.database} on ${place.server}`}
          </Button>
        </>
      }
    >
      {error ? <NothingChanged error={error.error} change={culprit ? conflict?.change : undefined} /> : null}
      {isConflict && conflict ? (
        <ConflictView
          change={culprit}
          theirs={conflict.theirs}
          onDrop={() => decide((before) => withdraw(before, [culprit.id]))}
          onOverwrite={() =>
            decide((before) => rebase(before, culprit.id, { ...culprit.row, cells: conflict.theirs ?? [] }))
          }
        />
      ) : null}
      {preview === null ? (
        <SkeletonRows rows={3} columns={1} label="Composing the SQL" />
      ) : (
        <Shown preview={preview} />
      )}
    </Dialog>
  );
}

/** Makes the changes, or says why none stands and takes what is decided on that. */
function useApply(place: RelationPlace, { staged, change, clear }: Edits, onApplied: () => void) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isApplying, setApplying] = useState(false);
  const apply = async () => {
    setApplying(true);
    const answer = await applyEdits(place, changesOf(staged));
    setApplying(false);
    if ('error' in answer) return setRefused(answer);
    clear();
    onApplied();
  };
  const decide = (next: (staged: Staged) => Staged) => {
    setRefused(null);
    change(next);
  };
  return { refused, isApplying, apply, decide };
}

/** `change` is the one that may not stand, from 0. */
function NothingChanged({ error, change }: { error: ErrorBody; change: number | undefined }) {
  return (
    <div className="mb-3">
      <ErrorState
        title={
          change === undefined
            ? 'Nothing was changed'
            : `Nothing was changed, because of change ${change + 1}`
        }
        cause={error.message}
        fix={error.hint ?? 'Mend the change, then apply again.'}
        details={{ code: error.code, sqlstate: error.sqlstate }}
      />
    </div>
  );
}

function Shown({ preview }: { preview: EditPreview | Refused }) {
  if ('error' in preview) return null;
  const text = preview.statements.map((sql) => `${sql};`).join('\n');
  return (
    <>
      <CascadeList cascades={preview.cascades} />
      <div className="flex items-start gap-2">
        <section
          aria-label="SQL"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
          tabIndex={0}
          className="max-h-80 min-w-0 flex-1 overflow-auto rounded-md bg-sunken p-2"
        >
          <pre className="whitespace-pre-wrap break-words font-mono text-sm">{text}</pre>
        </section>
        <CopyButton text={text} label="Copy SQL" />
      </div>
    </>
  );
}

/** The preview of what waits now; null while it is composed. */
function usePreview(place: RelationPlace, staged: Staged): EditPreview | Refused | null {
  const [preview, setPreview] = useState<{ of: Staged; answer: EditPreview | Refused } | null>(null);
  useEffect(() => {
    if (staged.length === 0) return;
    const abort = new AbortController();
    previewEdits(place, changesOf(staged), abort.signal).then(
      (answer) => setPreview({ of: staged, answer }),
      () => undefined,
    );
    return () => abort.abort();
  }, [place, staged]);
  if (staged.length === 0) return { statements: [], cascades: [] };
  return preview?.of === staged ? preview.answer : null;
}
