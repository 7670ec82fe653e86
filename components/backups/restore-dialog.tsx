'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { TypedWord } from '@/components/ui/typed-word';
import type { BackupEntry } from '@/lib/job-types';
import { EntryPicker } from './entry-picker';
import { RestoreSteps } from './restore-steps';

export type RestoreDialogProps = { backup: BackupEntry; onClose: () => void };

/** Asks where a backup is restored to and what of it, says in numbers what will happen, and leads to the job. */
export function RestoreDialog({ backup, onClose }: RestoreDialogProps) {
  const router = useRouter();
  const [isOver, setIsOver] = useState(false);
  const [name, setName] = useState(`${backup.database.slice(0, 50)}_restored`);
  const [typed, setTyped] = useState('');
  const [entries, setEntries] = useState<readonly number[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const target = isOver ? backup.database : name;
  const isReady = isOver ? typed === backup.database : name !== '';
  const restore = async (event: FormEvent) => {
    event.preventDefault();
    setIsSending(true);
    const wish = {
      database: target,
      ...(isOver ? { over: typed } : {}),
      ...(entries === null ? {} : { entries }),
    };
    const url = `/api/v1/backups/${backup.id}/restore`;
    const { answer, problem: refused } = await callApi<{ job_id: string }>('POST', url, wish);
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
      description={
        isOver
          ? `In the place of ${backup.database} on ${backup.server}. Its sessions end; it stays under another name.`
          : `Into a new database on ${backup.server}. No database that is there is touched.`
      }
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            form="restore"
            variant={isOver ? 'danger' : 'primary'}
            disabled={isSending || !isReady}
            className="min-w-0 shrink"
          >
            <span className="truncate">
              {isSending ? 'Beginning…' : `Restore ${isOver ? 'over' : 'into'} ${target} on ${backup.server}`}
            </span>
          </Button>
        </>
      }
    >
      <form id="restore" onSubmit={restore} className="flex flex-col gap-3">
        <Field label="Where">
          {(control) => (
            <Select
              {...control}
              value={isOver ? 'over' : 'new'}
              onChange={(event) => setIsOver(event.target.value === 'over')}
            >
              <option value="new">Into a new database</option>
              <option value="over">In the place of {backup.database}</option>
            </Select>
          )}
        </Field>
        {isOver ? (
          <TypedWord word={backup.database} value={typed} onType={setTyped} error={problem} />
        ) : (
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
        )}
      </form>
      {backup.format !== 'plain' ? <EntryPicker backupId={backup.id} onPick={setEntries} /> : null}
      <RestoreSteps backup={backup} name={target} isOver={isOver} />
    </Dialog>
  );
}
