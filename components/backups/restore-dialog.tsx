'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { formatBytes, formatCount } from '@/components/ui/format';
import { Input } from '@/components/ui/input';
import type { BackupEntry } from '@/lib/job-types';

export type RestoreDialogProps = { backup: BackupEntry; onClose: () => void };

/** Asks for the new database's name, says in numbers what will happen, and leads to the job. */
export function RestoreDialog({ backup, onClose }: RestoreDialogProps) {
  const router = useRouter();
  const [name, setName] = useState(`${backup.database.slice(0, 50)}_restored`);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const restore = async (event: FormEvent) => {
    event.preventDefault();
    setIsSending(true);
    const { answer, problem: refused } = await callApi<{ job_id: string }>(
      'POST',
      `/api/v1/backups/${backup.id}/restore`,
      { database: name },
    );
    if (answer === null) {
      setProblem(refused);
      setIsSending(false);
    } else {
      router.push(`/jobs/${answer.job_id}`);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Restore ${backup.database}`}
      description={`Into a new database on ${backup.server}. No database that is there is touched.`}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            form="restore"
            variant="primary"
            disabled={isSending || name === ''}
            className="min-w-0 shrink"
          >
            <span className="truncate">
              {isSending ? 'Beginning…' : `Restore into ${name} on ${backup.server}`}
            </span>
          </Button>
        </>
      }
    >
      <form id="restore" onSubmit={restore}>
        <Field label="Name of the new database" error={problem} hint="It must not exist yet.">
          {(control) => (
            <Input
              {...control}
              value={name}
              onChange={(event) => setName(event.target.value)}
              spellCheck={false}
              autoComplete="off"
              className="font-mono"
            />
          )}
        </Field>
      </form>
      <Steps backup={backup} name={name} />
    </Dialog>
  );
}

/** What will happen, in the order in which it does. */
function Steps({ backup, name }: { backup: BackupEntry; name: string }) {
  const { source, size_bytes } = backup;
  const size = source === null ? 'an unknown size' : formatBytes(source.size_bytes);
  const tables =
    source === null
      ? 'all tables'
      : `${formatCount(source.tables)} ${source.tables === 1 ? 'table' : 'tables'}`;
  return (
    <ol className="mt-3 list-decimal space-y-1 pl-5 text-ink-soft">
      <li>The archive of {formatBytes(size_bytes ?? 0)} is read and its SHA-256 compared.</li>
      <li>
        A database is made
        {source === null ? '' : ` (${source.encoding}, ${source.locale.locale ?? source.locale.collate})`},
        and {tables} with their objects are restored; the database took {size} when it was backed up. The
        first error ends it, and what was made is removed.
      </li>
      <li>
        Owners are kept and privileges granted where their roles exist; those that are missing are listed.
      </li>
      <li>
        It gets the name <span className="font-mono text-sm">{name || '…'}</span> when it is whole.
      </li>
    </ol>
  );
}
