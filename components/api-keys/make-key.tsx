'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { NewApiKey } from '@/lib/account-types';
import type { ServerSummary, UserRole } from '@/lib/api-types';
import { leastRole } from '@/lib/permissions';
import { callApi } from '../jobs/call-api';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Input, Select } from '../ui/input';
import { RoleSelect } from '../users/role-select';
import { roles, roleWords } from '../users/user-words';

type ChosenServer = Pick<ServerSummary, 'slug' | 'name'>;

export type MakeKeyProps = { role: UserRole; servers: readonly ChosenServer[] };

/** Makes an API key and shows it once. */
export function MakeKey({ role, servers }: MakeKeyProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [made, setMade] = useState<NewApiKey | null>(null);
  const close = () => {
    setIsOpen(false);
    setMade(null);
    router.refresh();
  };
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        Make a key
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={(next) => (next ? setIsOpen(true) : close())}
        title={made === null ? 'Make an API key' : `The key ${made.name}`}
        description={made === null ? 'It may do what you may do at that moment, or less.' : undefined}
        footer={
          made === null ? (
            <>
              <Button onClick={close}>Close</Button>
              <Button type="submit" form="make-key" variant="primary">
                Make the key
              </Button>
            </>
          ) : (
            <Button variant="primary" onClick={close}>
              I have it
            </Button>
          )
        }
      >
        {made === null ? <KeyForm role={role} servers={servers} onMade={setMade} /> : <KeyNote made={made} />}
      </Dialog>
    </>
  );
}

function KeyNote({ made }: { made: NewApiKey }) {
  return (
    <div className="flex flex-col gap-2">
      <Field label="API key" hint="Howdah keeps its hash only: it is not shown again.">
        {(control) => (
          <Input
            {...control}
            readOnly
            value={made.key}
            onFocus={(event) => event.target.select()}
            className="font-mono text-sm"
          />
        )}
      </Field>
      <div>
        <CopyButton text={made.key} label="Copy the key" hasText />
      </div>
      <p className="text-ink-soft">Send it with each request:</p>
      <pre className="overflow-auto rounded-md bg-sunken p-2 font-mono text-sm">
        {`curl -H 'Authorization: Bearer ${made.key}' \\\n  ${location.origin}/api/v1/servers`}
      </pre>
    </div>
  );
}

type KeyFormProps = MakeKeyProps & { onMade: (made: NewApiKey) => void };

function KeyForm({ role: own, servers, onMade }: KeyFormProps) {
  const [role, setRole] = useState<UserRole>('reviewer');
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const { answer, problem: refused } = await callApi<NewApiKey>('POST', '/api/v1/api-keys', {
      name: String(fields.get('name')),
      role,
      servers: chosen,
      expires_in_days: Number(fields.get('days')),
    });
    if (answer === null) setProblem(refused);
    else onMade(answer);
  };
  return (
    <form id="make-key" onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Name" hint="What it is for." error={problem}>
        {(control) => <Input {...control} name="name" required maxLength={100} autoComplete="off" />}
      </Field>
      <RoleSelect
        hint={`A key that is ${role} ${roleWords[role]}. Your own rights stay the limit.`}
        value={role}
        onChange={setRole}
        offered={roles.filter((name) => leastRole(name, own) === name)}
      />
      <Field label="Expires in">
        {(control) => (
          <Select {...control} name="days" defaultValue="90">
            <option value="1">1 day</option>
            <option value="7">7 days</option>
            <option value="30">30 days</option>
            <option value="90">90 days</option>
            <option value="366">a year</option>
          </Select>
        )}
      </Field>
      <ServerChoice servers={servers} chosen={chosen} onChange={setChosen} />
    </form>
  );
}

type ServerChoiceProps = {
  servers: readonly ChosenServer[];
  /** Their slugs; null for all. */
  chosen: readonly string[] | null;
  onChange: (chosen: readonly string[] | null) => void;
};

function ServerChoice({ servers, chosen, onChange }: ServerChoiceProps) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium text-ink-soft text-sm">Servers</legend>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={chosen === null}
          onChange={() => onChange(chosen === null ? [] : null)}
        />
        All that I may use, also those to come
      </label>
      {chosen === null
        ? null
        : servers.map(({ slug, name }) => (
            <label key={slug} className="flex items-center gap-2 pl-5">
              <input
                type="checkbox"
                checked={chosen.includes(slug)}
                onChange={() => onChange(toggled(chosen, slug))}
              />
              {name}
            </label>
          ))}
    </fieldset>
  );
}

function toggled(chosen: readonly string[], slug: string): readonly string[] {
  return chosen.includes(slug) ? chosen.filter((other) => other !== slug) : [...chosen, slug];
}
