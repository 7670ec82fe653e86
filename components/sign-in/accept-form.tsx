'use client';

import { type FormEvent, useEffect, useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Time } from '@/components/ui/time';
import { AcceptByProvider } from './accept-by-provider';
import { Enter, useEnter } from './enter';
import { NewPassword } from './new-password';
import { useFragment } from './use-hydrated';

/** Whom a link is for, as the API says it. */
type LinkNote = { kind: 'invite' | 'reset'; username: string; expires_at: string };

type Looked = { note: LinkNote } | { problem: string };

const unfit = 'This address is not whole: the part behind the # is missing. Copy it again as a whole.';

/** `provider`: the name of the identity provider; null where there is none. */
export type AcceptFormProps = { provider: string | null };

/** Lets whoever holds a one-time link choose a password and signs them in, or accept an invitation by the identity provider. */
export function AcceptForm({ provider }: AcceptFormProps) {
  const token = useFragment();
  const [looked, setLooked] = useState<Looked | null>(null);
  useEffect(() => {
    if (!token) return;
    let isHere = true;
    void callApi<LinkNote>('POST', '/api/v1/invites/read', { token }).then(({ answer, problem }) => {
      if (isHere) setLooked(answer === null ? { problem: problem ?? '' } : { note: answer });
    });
    return () => {
      isHere = false;
    };
  }, [token]);
  if (token === '') return <p role="alert">{unfit}</p>;
  if (token === null || looked === null) return <p className="text-ink-faint">Looking at the link…</p>;
  if ('problem' in looked) return <p role="alert">{looked.problem}</p>;
  return (
    <>
      <ChooseForm token={token} note={looked.note} />
      {provider === null || looked.note.kind !== 'invite' ? null : (
        <AcceptByProvider provider={provider} token={token} />
      )}
    </>
  );
}

function ChooseForm({ token, note: { kind, username, expires_at } }: { token: string; note: LinkNote }) {
  const [password, setPassword] = useState('');
  const { problem, isPending, enter } = useEnter();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter('/api/v1/invites/accept', username, { token, password });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <p>
        {kind === 'invite' ? 'You are invited as ' : 'A new password for '}
        <strong>{username}</strong>. The link works once, until <Time value={expires_at} />.
      </p>
      {/* Password managers keep a password by the name in the same form. */}
      <input type="hidden" name="username" autoComplete="username" value={username} />
      <NewPassword password={password} onChange={setPassword} />
      <Enter problem={problem} isPending={isPending}>
        {isPending ? 'Setting the password…' : 'Set the password and sign in'}
      </Enter>
    </form>
  );
}
