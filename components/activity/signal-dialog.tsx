'use client';

import { type FormEvent, useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { Backend } from '@/lib/api-types';
import { encodeName } from '@/lib/names';

/** What is about to be done to a backend. */
export type Ending = { backend: Backend; action: 'cancel' | 'terminate' };

const words = {
  cancel: {
    title: 'Cancel the statement of',
    effect: 'What it runs now stops with an error; its session and its transaction stay.',
    button: 'Cancel the statement of',
  },
  terminate: {
    title: 'Terminate',
    effect: 'Its connection is closed and its open transaction is rolled back.',
    button: 'Terminate',
  },
} as const;

export type SignalDialogProps = Ending & {
  server: string;
  onClose: () => void;
  onDone: () => Promise<void>;
};

/** Says what will happen, and asks why: the reason is recorded. */
export function SignalDialog({ server, backend, action, onClose, onDone }: SignalDialogProps) {
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const { title, effect, button } = words[action];
  const name = `backend ${backend.pid}`;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setIsSending(true);
    const url = `/api/v1/servers/${encodeName(server)}/backends/${backend.pid}/${action}`;
    const called = await callApi('POST', url, { started_at: backend.started_at, reason });
    await onDone();
    setIsSending(false);
    if (called.problem === null) onClose();
    else setProblem(called.problem);
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`${title} ${name}`}
      description={`${backend.user ?? 'A role'} in ${backend.database ?? 'no database'} on ${server}. ${effect}`}
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button
            type="submit"
            form="signal"
            variant="danger"
            disabled={isSending || reason.trim().length < 3}
          >
            {isSending ? 'Sending…' : `${button} ${name}`}
          </Button>
        </>
      }
    >
      <pre className="mb-3 max-h-40 overflow-auto whitespace-pre-wrap break-words rounded-md bg-sunken p-2 font-mono text-sm">
        {backend.query || 'It runs no statement.'}
      </pre>
      <form id="signal" onSubmit={send}>
        <Field
          label="Reason"
          hint="It stands beside your name in the audit log, and in the history where Howdah ran the statement."
          error={problem}
        >
          {(control) => (
            <Input
              {...control}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              maxLength={500}
              autoComplete="off"
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
