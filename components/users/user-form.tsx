'use client';

import { type FormEvent, useState } from 'react';
import type { UserSummary } from '@/lib/account-types';
import type { UserRole } from '@/lib/api-types';
import { SaveFoot, useSave } from '../settings/save-foot';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { RoleSelect } from './role-select';
import { roleWords } from './user-words';

/** Name, e-mail address and user role of a user. */
export function UserForm({ user }: { user: UserSummary }) {
  const [role, setRole] = useState<UserRole>(user.role);
  const { note, save } = useSave();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name)).trim() || null;
    const change = { name: text('name'), email: text('email'), role };
    void save('PATCH', `/api/v1/users/${user.id}`, change);
  };
  const isBound = user.signs_in_by === 'oidc';
  return (
    <form onSubmit={submit} className="flex max-w-[480px] flex-col gap-3 px-4 pb-4">
      <Field label="Name">
        {(control) => <Input {...control} name="name" defaultValue={user.name ?? ''} maxLength={200} />}
      </Field>
      <Field label="E-mail">
        {(control) => <Input {...control} name="email" type="email" defaultValue={user.email ?? ''} />}
      </Field>
      <RoleSelect
        hint={
          isBound
            ? 'The identity provider decides about it at each sign-in.'
            : `Who is ${role} ${roleWords[role]}. It holds from the next request on.`
        }
        value={role}
        onChange={setRole}
      />
      <SaveFoot note={note}>
        <Button type="submit" variant="primary">
          Save
        </Button>
      </SaveFoot>
    </form>
  );
}
