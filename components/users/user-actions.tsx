'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { UserSummary } from '@/lib/account-types';
import { callApi } from '../jobs/call-api';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Problem } from '../ui/problem';
import { LinkDialog } from './link-dialog';

type Asked = 'disable' | 'link' | null;

/** A new link, disabling and enabling: what changes whether a user gets in. */
export function UserActions({ user }: { user: UserSummary }) {
  const router = useRouter();
  const [asked, setAsked] = useState<Asked>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const close = () => {
    setAsked(null);
    setProblem(null);
  };
  const setDisabled = async (disabled: boolean) => {
    const { problem: refused } = await callApi('PATCH', `/api/v1/users/${user.id}`, { disabled });
    setProblem(refused);
    router.refresh();
    if (refused === null) setAsked(null);
  };
  return (
    <>
      {user.status === 'disabled' ? (
        <Button onClick={() => void setDisabled(false)}>Enable {user.username}</Button>
      ) : (
        <>
          {user.signs_in_by === 'oidc' ? null : (
            <Button onClick={() => setAsked('link')}>
              {user.status === 'invited' ? 'New invite link…' : 'Reset the password…'}
            </Button>
          )}
          <Button variant="danger" onClick={() => setAsked('disable')}>
            Disable…
          </Button>
        </>
      )}
      {asked === null ? <Problem text={problem} /> : null}
      {asked === 'disable' ? (
        <ConfirmDialog
          title={`Disable ${user.username}`}
          description="Their sessions and API keys stop working at once, and what they are running is cancelled within seconds. Nothing is deleted; they can be enabled again."
          action={`Disable ${user.username}`}
          onConfirm={() => void setDisabled(true)}
          onClose={close}
          problem={problem}
        />
      ) : null}
      {asked === 'link' ? <LinkDialog user={user} onClose={close} /> : null}
    </>
  );
}
