'use client';

import { UserPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { GrantableServer, NewLink } from '@/lib/account-types';
import type { Level, UserRole } from '@/lib/api-types';
import { callApi } from '../jobs/call-api';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { LevelSelect } from './level-select';
import { LinkFoot, LinkNote } from './link-note';
import { RoleSelect } from './role-select';
import { roleWords } from './user-words';

export type InviteUserProps = { servers: readonly GrantableServer[] };

/** Makes a user and shows the one-time link by which they choose a password. */
export function InviteUser({ servers }: InviteUserProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [invited, setInvited] = useState<{ link: NewLink; username: string } | null>(null);
  const close = () => {
    setIsOpen(false);
    setInvited(null);
    router.refresh();
  };
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <UserPlus aria-hidden />
        Invite a user
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={(next) => (next ? setIsOpen(true) : close())}
        title={invited === null ? 'Invite a user' : `${invited.username} is invited`}
        description={
          invited === null ? 'You choose the name and what they may do; they choose the password.' : undefined
        }
        footer={
          <LinkFoot isMade={invited !== null} onClose={close}>
            <Button type="submit" form="invite" variant="primary">
              Make the link
            </Button>
          </LinkFoot>
        }
      >
        {invited === null ? (
          <InviteForm servers={servers} onInvited={setInvited} />
        ) : (
          <LinkNote {...invited} />
        )}
      </Dialog>
    </>
  );
}

type InviteFormProps = InviteUserProps & {
  onInvited: (invited: { link: NewLink; username: string }) => void;
};

function InviteForm({ servers, onInvited }: InviteFormProps) {
  const [role, setRole] = useState<UserRole>('reviewer');
  const [granted, setGranted] = useState<Readonly<Record<string, Level>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name)).trim();
    const username = text('username');
    const { answer, problem: refused } = await callApi<{ link: NewLink }>('POST', '/api/v1/users', {
      username,
      name: text('name') || null,
      email: text('email') || null,
      role,
      servers: Object.entries(granted).map(([server, level]) => ({ server, level })),
    });
    if (answer === null) setProblem(refused);
    else onInvited({ link: answer.link, username });
  };
  return (
    <form id="invite" onSubmit={submit} className="flex flex-col gap-3">
      <Field label="User name" hint="What they sign in with." error={problem}>
        {(control) => (
          <Input {...control} name="username" required maxLength={63} autoComplete="off" spellCheck={false} />
        )}
      </Field>
      <div className="flex gap-3 max-md:flex-col">
        <Field label="Name" className="flex-1">
          {(control) => <Input {...control} name="name" maxLength={200} autoComplete="off" />}
        </Field>
        <Field label="E-mail" className="flex-1">
          {(control) => <Input {...control} name="email" type="email" autoComplete="off" />}
        </Field>
      </div>
      <RoleSelect hint={`Who is ${role} ${roleWords[role]}.`} value={role} onChange={setRole} />
      {servers.map(({ slug, name }) => (
        <Field key={slug} label={`Level on ${name}`}>
          {(control) => (
            <LevelSelect
              {...control}
              value={granted[slug] ?? null}
              onChange={(level) => setGranted((before) => withLevel(before, slug, level))}
            />
          )}
        </Field>
      ))}
    </form>
  );
}

function withLevel(before: Readonly<Record<string, Level>>, slug: string, level: Level | null) {
  const { [slug]: _, ...others } = before;
  return level === null ? others : { ...others, [slug]: level };
}
