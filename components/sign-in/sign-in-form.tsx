'use client';

import { type FormEvent, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { type SignInOutcome, signIn } from './auth';
import { Enter } from './enter';
import { safePath } from './safe-path';
import { UserName } from './user-name';

const messages = {
  wrong: 'The user name or the password is wrong.',
  unreachable: 'Howdah did not answer. Check that it is running, then try again.',
  failed: 'Signing in failed on the server. Try again; if it stays so, read Howdah’s log.',
} as const;

/** Why signing in did not work; null where it did. */
export function problemOf(outcome: SignInOutcome): string | null {
  if (outcome.is === 'signed-in') return null;
  return outcome.is === 'limited' ? outcome.why : messages[outcome.is];
}

export type SignInFormProps = {
  /** Where to go afterwards; anything but a path of this site becomes `/`. */
  callbackUrl?: string;
};

/** User name and password, sent next-auth's way. */
export function SignInForm({ callbackUrl }: SignInFormProps) {
  const [error, setError] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    setIsPending(true);
    setError(null);
    const path = safePath(callbackUrl, location.origin);
    const outcome = await signIn(String(fields.get('username')), String(fields.get('password')), path);
    const problem = problemOf(outcome);
    if (problem === null) return location.assign(path);
    setError(problem);
    setIsPending(false);
    form.querySelector<HTMLInputElement>('[name=password]')?.select();
  };
  // Until hydration the button is off, which also stops Enter: the browser's own submission lacks the CSRF token and
  // would fail. method and action are for a browser that submits all the same: a password never lands in a query string.
  return (
    <form
      method="post"
      action="/api/auth/callback/credentials"
      onSubmit={submit}
      className="flex flex-col gap-3"
    >
      <UserName autoFocus />
      <Field label="Password">
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            className="h-9"
          />
        )}
      </Field>
      <Enter problem={error} isPending={isPending}>
        {isPending ? 'Signing in…' : 'Sign in'}
      </Enter>
    </form>
  );
}
