'use client';

import { type FormEvent, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Enter, useEnter } from './enter';
import { NewPassword } from './new-password';
import { useFragment } from './use-hydrated';
import { UserName } from './user-name';

/** Makes the first admin, and signs in as that. The token comes with the address, or is typed in. */
export function SetUpForm() {
  const fragment = useFragment();
  const [password, setPassword] = useState('');
  const { problem, isPending, enter } = useEnter();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const username = String(fields.get('username'));
    const token = fragment || String(fields.get('token'));
    const body = { token, username, password };
    void enter('/api/v1/setup', username, body);
  };
  return (
    <form method="post" action="/api/v1/setup" onSubmit={submit} className="flex flex-col gap-3">
      {fragment === '' ? (
        <Field label="Token" hint="What follows the # of the address on the console.">
          {(control) => (
            <Input {...control} name="token" required autoComplete="off" className="h-9 font-mono" />
          )}
        </Field>
      ) : null}
      <UserName maxLength={63} />
      <NewPassword password={password} onChange={setPassword} />
      <Enter problem={problem} isPending={isPending}>
        {isPending ? 'Making the admin…' : 'Make the first admin'}
      </Enter>
    </form>
  );
}
