'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { BackupChoices } from '@/lib/job-types';
import { BackupFields } from './backup-fields';
import { type BackupWish, firstFields, wishOf } from './backup-wish';

export type BackupDialogProps = {
  database: string;
  choices: BackupChoices;
  problem: string | null;
  isSending: boolean;
  onWish: (wish: BackupWish) => void;
  onClose: () => void;
};

/** Asks what a backup shall hold and how it is written. */
export function BackupDialog({ database, choices, problem, isSending, onWish, onClose }: BackupDialogProps) {
  const [fields, setFields] = useState(() => firstFields(choices));
  const send = (event: FormEvent) => {
    event.preventDefault();
    onWish(wishOf(fields));
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Back up ${database}`}
      description={`An archive restores from here and can be proven; a script is for reading and for psql. ${encryptionWords(choices)}`}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" form="back-up" variant="primary" disabled={isSending}>
            {isSending ? 'Beginning…' : `Back up ${database}`}
          </Button>
        </>
      }
    >
      <form id="back-up" onSubmit={send} className="flex flex-col gap-3">
        <BackupFields
          fields={fields}
          choices={choices}
          onChange={(part) => setFields((before) => ({ ...before, ...part }))}
        />
        <p role="status" className="text-danger empty:hidden">
          {problem}
        </p>
      </form>
    </Dialog>
  );
}

function encryptionWords({ isEncrypted }: BackupChoices): string {
  return isEncrypted ? 'It is encrypted with age.' : 'It is not encrypted: no recipients are configured.';
}
