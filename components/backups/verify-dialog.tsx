'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import type { BackupEntry } from '@/lib/job-types';

export type VerifyDialogProps = {
  backup: BackupEntry;
  /** Slugs of the servers where the viewer may restore: its own is the first choice. */
  servers: readonly string[];
  /** Begins the proof, and answers why it was refused. */
  onVerify: (server: string) => Promise<string | null>;
  onClose: () => void;
};

/** Asks on which server a backup is to be proven. */
export function VerifyDialog({ backup, servers, onVerify, onClose }: VerifyDialogProps) {
  const [server, setServer] = useState(servers.find((slug) => slug !== backup.server) ?? backup.server);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const verify = async (event: FormEvent) => {
    event.preventDefault();
    setIsSending(true);
    setProblem(await onVerify(server));
    setIsSending(false);
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Verify a backup of ${backup.database}`}
      description="It is restored into a database that nobody sees, compared with what was backed up, and dropped."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" form="verify" variant="primary" disabled={isSending}>
            {isSending ? 'Beginning…' : `Verify on ${server}`}
          </Button>
        </>
      }
    >
      <form id="verify" onSubmit={verify}>
        <Field
          label="Server"
          error={problem}
          hint="Its PostgreSQL must be as new as the one that was backed up. It takes the load and the space."
        >
          {(control) => (
            <Select {...control} value={server} onChange={(event) => setServer(event.target.value)}>
              {servers.map((slug) => (
                <option key={slug} value={slug}>
                  {slug}
                  {slug === backup.server ? ' (where it was taken)' : ''}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </form>
    </Dialog>
  );
}
