'use client';

import { type FormEvent, useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { signIn } from './auth';
import { NewPassword } from './new-password';
import { useFragment, useHydrated } from './use-hydrated';

/** Makes the first admin, and signs in as that. The token comes with the address, or is typed in. */
export function SetUpForm() {
  const fragment = useFragment();
  const isHydrated = useHydrated();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const username = String(fields.get('username'));
    const token = fragment || String(fields.get('token'));
    setIsPending(true);
    const { problem: refused } = await callApi('POST', '/api/v1/setup', { token, username, password });
    if (refused === null) {
      await signIn(username, password, '/');
      return location.assign('/');
    }
    setProblem(refused);
    setIsPending(false);
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
      <Field label="User name">
        {(control) => (
          <Input
            {...control}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={63}
            className="h-9"
          />
        )}
      </Field>
      <NewPassword password={password} onChange={setPassword} />
      <p role="alert" className="text-danger empty:hidden">
        {problem}
      </p>
      <Button
        type="submit"
        variant="primary"
        size="large"
        disabled={isPending || !isHydrated}
        className="mt-1 w-full"
      >
        {isPending ? 'Making the admin…' : 'Make the first admin'}
      </Button>
    </form>
  );
}
