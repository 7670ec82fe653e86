'use client';

import { type FormEvent, useState } from 'react';
import { SaveFoot, useSave } from '../settings/save-foot';
import { NewPassword } from '../sign-in/new-password';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';

/** Changes the password; all other sessions end. */
export function PasswordForm({ username }: { username: string }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { note, save } = useSave('Changed. Your other sessions have ended.');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { current_password: current, new_password: next };
    if (!(await save('POST', '/api/v1/profile/password', body))) return;
    setCurrent('');
    setNext('');
  };
  return (
    <form onSubmit={submit} className="flex max-w-[480px] flex-col gap-3 px-4 pb-4">
      <input type="hidden" name="username" autoComplete="username" value={username} />
      <Field label="Current password">
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
            className="h-9"
          />
        )}
      </Field>
      <NewPassword label="New password" password={next} onChange={setNext} />
      <SaveFoot note={note}>
        <Button type="submit">Change the password</Button>
      </SaveFoot>
    </form>
  );
}
