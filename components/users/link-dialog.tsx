'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { NewLink, UserSummary } from '@/lib/account-types';
import { callApi } from '../jobs/call-api';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Problem } from '../ui/problem';
import { LinkFoot, LinkNote } from './link-note';

export type LinkDialogProps = { user: UserSummary; onClose: () => void };

/** Makes a new one-time link for a user, and shows it once. */
export function LinkDialog({ user, onClose }: LinkDialogProps) {
  const router = useRouter();
  const [link, setLink] = useState<NewLink | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const make = async () => {
    const { answer, problem: refused } = await callApi<NewLink>('POST', `/api/v1/users/${user.id}/link`);
    setLink(answer);
    setProblem(refused);
    router.refresh();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={
        user.status === 'invited' ? `Invite ${user.username} again` : `Reset the password of ${user.username}`
      }
      description={
        link === null
          ? 'Makes a one-time link by which they choose a password. The link before it is void. Their sessions end when it is used.'
          : undefined
      }
      footer={
        <LinkFoot isMade={link !== null} onClose={onClose}>
          <Button variant="primary" onClick={() => void make()}>
            Make the link
          </Button>
        </LinkFoot>
      }
    >
      <Problem text={problem} />
      {link === null ? null : <LinkNote link={link} username={user.username} />}
    </Dialog>
  );
}
