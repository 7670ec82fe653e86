'use client';

import { useState } from 'react';
import { useCall } from '@/components/jobs/use-call';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { TypedWord } from '@/components/ui/typed-word';
import type { BackupEntry } from '@/lib/job-types';

export type DeleteDialogProps = { backup: BackupEntry; onDeleted: () => void; onClose: () => void };

/** Deletes a backup's file once the name of its database was typed; the last one of its kind only when that is said too. */
export function DeleteDialog({ backup, onDeleted, onClose }: DeleteDialogProps) {
  const [typed, setTyped] = useState('');
  const [isLastToo, setIsLastToo] = useState(false);
  const { isSending, problem, call } = useCall();
  const remove = async () => {
    const query = new URLSearchParams({ confirm: typed, last: String(isLastToo) });
    if (await call('DELETE', `/api/v1/backups/${backup.id}?${query}`)) onDeleted();
  };
  return (
    <ConfirmDialog
      title={`Delete a backup of ${backup.database}`}
      description="Its file is removed for good. Its row stays in the list, and says who deleted it."
      action={isSending ? 'Deleting…' : 'Delete the backup'}
      leave="Keep it"
      onConfirm={() => void remove()}
      onClose={onClose}
      problem={problem}
      isHeld={isSending || typed !== backup.database}
    >
      <TypedWord word={backup.database} value={typed} onType={setTyped} />
      <label className="mt-3 flex items-center gap-2">
        <input type="checkbox" checked={isLastToo} onChange={(event) => setIsLastToo(event.target.checked)} />
        Also where it is the only good or the only proven one
      </label>
    </ConfirmDialog>
  );
}
