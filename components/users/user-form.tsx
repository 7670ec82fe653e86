'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { UserSummary } from '@/lib/account-types';
import type { UserRole } from '@/lib/api-types';
import { callApi } from '../jobs/call-api';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input, Select } from '../ui/input';
import { roles, roleWords } from './user-words';

/** Name, e-mail address and user role of a user. */
export function UserForm({ user }: { user: UserSummary }) {
  const router = useRouter();
  const [role, setRole] = useState<UserRole>(user.role);
  const [note, setNote] = useState<{ text: string; isProblem: boolean } | null>(null);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name)).trim() || null;
    const change = { name: text('name'), email: text('email'), role };
    const { problem } = await callApi('PATCH', `/api/v1/users/${user.id}`, change);
    setNote({ text: problem ?? 'Saved.', isProblem: problem !== null });
    router.refresh();
  };
  const isBound = user.signs_in_by === 'oidc';
  return (
    <form onSubmit={save} className="flex max-w-[480px] flex-col gap-3 px-4 pb-4">
      <Field label="Name">
        {(control) => <Input {...control} name="name" defaultValue={user.name ?? ''} maxLength={200} />}
      </Field>
      <Field label="E-mail">
        {(control) => <Input {...control} name="email" type="email" defaultValue={user.email ?? ''} />}
      </Field>
      <Field
        label="User role"
        hint={
          isBound
            ? 'The identity provider decides about it at each sign-in.'
            : `Who is ${role} ${roleWords[role]}. It holds from the next request on.`
        }
      >
        {(control) => (
          <Select {...control} value={role} onChange={(event) => setRole(event.target.value as UserRole)}>
            {roles.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary">
          Save
        </Button>
        <p role="status" className={note?.isProblem ? 'text-danger' : 'text-ink-soft'}>
          {note?.text}
        </p>
      </div>
    </form>
  );
}
