'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { callApi } from '../jobs/call-api';
import { NewPassword } from '../sign-in/new-password';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';

/** Changes the password; all other sessions end. */
export function PasswordForm({ username }: { username: string }) {
  const router = useRouter();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [note, setNote] = useState<{ text: string; isProblem: boolean } | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const body = { current_password: current, new_password: next };
    const { problem } = await callApi('POST', '/api/v1/profile/password', body);
    setNote({ text: problem ?? 'Changed. Your other sessions have ended.', isProblem: problem !== null });
    if (problem !== null) return;
    setCurrent('');
    setNext('');
    router.refresh();
  };
  return (
    <form onSubmit={save} className="flex max-w-[480px] flex-col gap-3 px-4 pb-4">
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
      <div className="flex items-center gap-3">
        <Button type="submit">Change the password</Button>
        <p role="status" className={note?.isProblem ? 'text-danger' : 'text-ink-soft'}>
          {note?.text}
        </p>
      </div>
    </form>
  );
}
