'use client';

import type { FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { TypedWord } from '@/components/ui/typed-word';
import type { BackupEntry } from '@/lib/job-types';
import { EntryPicker } from './entry-picker';
import { RestoreSteps } from './restore-steps';
import { useRestore } from './use-restore';

export type RestoreDialogProps = { backup: BackupEntry; onClose: () => void };

/** Asks where a backup is restored to and what of it, says in numbers what will happen, and leads to the job. */
export function RestoreDialog({ backup, onClose }: RestoreDialogProps) {
  const restore = useRestore(backup);
  const { place, database, isSending } = restore;
  const begin = (event: FormEvent) => {
    event.preventDefault();
    void restore.begin();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Restore ${backup.database}`}
      description={
        place.isOver
          ? `In the place of ${backup.database} on ${backup.server}. Its sessions end; it stays under another name.`
          : `Into a new database on ${backup.server}. No database that is there is touched.`
      }
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            form="restore"
            variant={place.isOver ? 'danger' : 'primary'}
            disabled={isSending || !restore.isReady}
            className="min-w-0 shrink"
          >
            <span className="truncate">
              {isSending
                ? 'Beginning…'
                : `Restore ${place.isOver ? 'over' : 'into'} ${database} on ${backup.server}`}
            </span>
          </Button>
        </>
      }
    >
      <form id="restore" onSubmit={begin} className="flex flex-col gap-3">
        <PlaceFields own={backup.database} restore={restore} />
      </form>
      {backup.format !== 'plain' ? <EntryPicker backupId={backup.id} onPick={restore.setEntries} /> : null}
      <RestoreSteps backup={backup} name={database} isOver={place.isOver} />
    </Dialog>
  );
}

function PlaceFields({ own, restore }: { own: string; restore: ReturnType<typeof useRestore> }) {
  const { place, problem, put } = restore;
  return (
    <>
      <SelectField
        label="Where"
        value={place.isOver ? 'over' : 'new'}
        options={[
          ['new', 'Into a new database'],
          ['over', `In the place of ${own}`],
        ]}
        onChange={(where) => put({ isOver: where === 'over' })}
      />
      {place.isOver ? (
        <TypedWord word={own} value={place.typed} onType={(typed) => put({ typed })} error={problem} />
      ) : (
        <TextField
          label="Name of the new database"
          error={problem}
          hint="It must not exist yet."
          value={place.name}
          isCode
          onChange={(name) => put({ name })}
        />
      )}
    </>
  );
}
