import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { formatBytes, formatRows } from '@/components/ui/format';
import { Input } from '@/components/ui/input';
import type { RelationPlace } from '../rows-view';
import { BadRows } from './bad-rows';
import { CsvPreview } from './csv-preview';
import type { Imported } from './send-csv';
import { ShapeFields } from './shape-fields';
import { useImport } from './use-import';

export type ImportDialogProps = {
  place: RelationPlace;
  /** The columns that values may go to. */
  names: readonly string[];
  onClose: () => void;
  onImported: () => void;
};

/** A CSV file into the table: how it was read, which column goes where, and what stood in the way. */
export function ImportDialog({ place, names, onClose, onImported }: ImportDialogProps) {
  const { chosen, sentBytes, answer, ...on } = useImport(place, names);
  const isSending = sentBytes !== null;
  const isDone = answer !== null && !('error' in answer);
  const mayStand = isDone || answer?.isUnknown === true;
  const close = () => {
    on.cancel();
    if (mayStand) onImported();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => isOpen || close()}
      title={`Import CSV into ${place.schema}.${place.name}`}
      description="All rows of the file or none, in one transaction at the write level."
      className="max-w-[860px]!"
      footer={
        <>
          <Button onClick={isSending ? on.cancel : close}>{isSending ? 'Cancel' : 'Close'}</Button>
          {isDone ? null : (
            <Button variant="primary" disabled={chosen === null || isSending} onClick={on.send}>
              {isSending ? 'Importing' : `Import into ${place.database} on ${place.server}`}
            </Button>
          )}
        </>
      }
    >
      <Field label="File" className="mb-3">
        {(control) => (
          <Input
            {...control}
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            disabled={isSending}
            onChange={({ target }) => target.files?.[0] && on.choose(target.files[0])}
          />
        )}
      </Field>
      {chosen ? (
        <>
          <ShapeFields shape={chosen.shape} onReshape={on.reshape} />
          <CsvPreview
            rows={chosen.rows}
            hasHeader={chosen.shape.has_header}
            names={names}
            columns={chosen.shape.columns}
            onMap={on.map}
          />
          <p className="mt-1 text-ink-faint text-sm">
            An empty value is NULL, and one in quotes the empty text.
          </p>
        </>
      ) : null}
      {isSending && chosen ? <Progress sent={sentBytes} of={chosen.file.size} /> : null}
      <div aria-live="polite">{answer === null ? null : <Outcome answer={answer} />}</div>
    </Dialog>
  );
}

function Outcome({ answer }: { answer: Imported }) {
  if (!('error' in answer)) return <p className="mt-3 font-medium">{formatRows(answer.rows)} brought in.</p>;
  const { message, hint, code, sqlstate } = answer.error;
  return (
    <div className="mt-3">
      <ErrorState
        title={answer.isUnknown ? 'How it ended is not known' : 'Nothing was brought in'}
        cause={message}
        fix={hint ?? 'Mend the file, then import it again.'}
        details={{ code, sqlstate }}
      />
      {answer.isUnknown ? (
        <Link href="/history?kind=import" className="text-accent underline-offset-2 hover:underline">
          Imports in the history
        </Link>
      ) : null}
      <BadRows rows={answer.bad_rows ?? []} isMore={answer.is_more ?? false} />
    </div>
  );
}

function Progress({ sent, of }: { sent: number; of: number }) {
  return (
    <div className="mt-3">
      <progress aria-label="Sent" value={sent} max={Math.max(1, of)} className="h-1.5 w-full accent-accent" />
      <p className="text-ink-soft text-sm">
        {sent < of
          ? `${formatBytes(sent)} of ${formatBytes(of)} sent`
          : 'All is sent; PostgreSQL checks and inserts the rows.'}
      </p>
    </div>
  );
}
