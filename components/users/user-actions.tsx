'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { NewLink, UserSummary } from '@/lib/account-types';
import { callApi } from '../jobs/call-api';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Dialog } from '../ui/dialog';
import { Problem } from '../ui/problem';
import { LinkFoot, LinkNote } from './link-note';

type Asked = 'disable' | 'link' | null;

/** A new link, disabling and enabling: what changes whether a user gets in. */
export function UserActions({ user }: { user: UserSummary }) {
  const router = useRouter();
  const [asked, setAsked] = useState<Asked>(null);
  const [link, setLink] = useState<NewLink | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const close = () => {
    setAsked(null);
    setLink(null);
    setProblem(null);
  };
  const setDisabled = async (disabled: boolean) => {
    const { problem: refused } = await callApi('PATCH', `/api/v1/users/${user.id}`, { disabled });
    setProblem(refused);
    router.refresh();
    if (refused === null) setAsked(null);
  };
  const makeLink = async () => {
    const { answer, problem: refused } = await callApi<NewLink>('POST', `/api/v1/users/${user.id}/link`);
    setLink(answer);
    setProblem(refused);
    router.refresh();
  };
  const isInvited = user.status === 'invited';
  return (
    <>
      {user.status === 'disabled' ? (
        <Button onClick={() => void setDisabled(false)}>Enable {user.username}</Button>
      ) : (
        <>
          {user.signs_in_by === 'oidc' ? null : (
            <Button onClick={() => setAsked('link')}>
              {isInvited ? 'New invite link…' : 'Reset the password…'}
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
      <Dialog
        open={asked === 'link'}
        onOpenChange={(isOpen) => !isOpen && close()}
        title={isInvited ? `Invite ${user.username} again` : `Reset the password of ${user.username}`}
        description={
          link === null
            ? 'Makes a one-time link by which they choose a password. The link before it is void. Their sessions end when it is used.'
            : undefined
        }
        footer={
          <LinkFoot isMade={link !== null} onClose={close}>
            <Button variant="primary" onClick={() => void makeLink()}>
              Make the link
            </Button>
          </LinkFoot>
        }
      >
        <Problem text={problem} />
        {link === null ? null : <LinkNote link={link} username={user.username} />}
      </Dialog>
    </>
  );
}
