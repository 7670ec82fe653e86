'use client';

import { useState } from 'react';
import { useCall } from '@/components/jobs/use-call';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Problem } from '@/components/ui/problem';
import { TextField } from '@/components/ui/text-field';

type Login = { user: string; password: string };
type Draft = { script: string; logins: { read: Login; write: Login } };

export type RoleScriptProps = { onDrafted: (logins: Draft['logins']) => void };

/** Drafts the script with which a DBA makes a reader and a writer. Its passwords are kept nowhere but in the form. */
export function RoleScript({ onDrafted }: RoleScriptProps) {
  const [database, setDatabase] = useState('');
  const [schemas, setSchemas] = useState('public');
  const [suffix, setSuffix] = useState('');
  const [draft, setDraft] = useState<Draft | null>(null);
  const { isSending, problem, call } = useCall();
  const write = async () => {
    const names = schemas.split(',').map((name) => name.trim());
    const databases =
      database === '' ? [] : [{ database, schemas: names.filter((name) => name !== ''), masks: [] }];
    const called = await call<Draft>('POST', '/api/v1/role-script', { databases, suffix });
    if (called === null) return;
    setDraft(called.answer);
    onDrafted(called.answer.logins);
  };
  return (
    <fieldset className="flex flex-col gap-2 rounded-md border border-line p-3">
      <legend className="px-1 font-medium">A script for the DBA</legend>
      <div className="grid gap-3 sm:grid-cols-3">
        <TextField label="Database that they may read" value={database} isCode onChange={setDatabase} />
        <TextField label="Schemas, with commas" value={schemas} isCode onChange={setSchemas} />
        <TextField label="Behind the role names" value={suffix} isCode onChange={setSuffix} />
      </div>
      <div className="flex gap-2">
        <Button onClick={write} disabled={isSending}>
          {draft === null ? 'Write the script' : 'Write it again, with new passwords'}
        </Button>
        {draft === null ? null : (
          <CopyButton text={draft.script} label="Copy the script" hasText size="medium" />
        )}
      </div>
      <Problem text={problem} />
      {draft === null ? null : (
        <>
          <p className="text-ink-soft">
            The two logins are filled in below. Their passwords are kept nowhere else until the server is
            added.
          </p>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a long script scrolls, so the keyboard must reach it
            tabIndex={0}
            className="max-h-60 overflow-auto rounded-md bg-sunken p-2 font-mono text-sm"
          >
            {draft.script}
          </pre>
        </>
      )}
    </fieldset>
  );
}
