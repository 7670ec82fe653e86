'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useCall } from '@/components/jobs/use-call';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Problem } from '@/components/ui/problem';
import type { ConnectionUse, ServerSettings } from '@/lib/api-types';
import { serverApi } from './paths';

export type LimitsFormProps = {
  server: ServerSettings;
  /** What the roles hold now; a text where that can't be known. */
  use: ConnectionUse[] | string;
};

/** How many connections Howdah may hold, and how long statements may run; beside what is in use. */
export function LimitsForm({ server, use }: LimitsFormProps) {
  const router = useRouter();
  const [budget, setBudget] = useState(String(server.connection_budget));
  const [read, setRead] = useState(secondsOf(server.read_timeout_ms));
  const [write, setWrite] = useState(secondsOf(server.write_timeout_ms));
  const { isSending, problem, call } = useCall();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const body = {
      connection_budget: Number(budget),
      read_timeout_ms: millisecondsOf(read),
      write_timeout_ms: millisecondsOf(write),
    };
    if (await call('PATCH', serverApi(server.slug), body)) router.refresh();
  };
  const fields = [
    ['Connections a level', 'For each level and instance, over all databases.', budget, setBudget],
    ['Seconds of a reviewer’s statement', 'Empty: what the environment says for all.', read, setRead],
    ['Seconds of a developer’s or an admin’s', 'Empty: what the environment says for all.', write, setWrite],
  ] as const;
  return (
    <form onSubmit={save} className="flex flex-col gap-2">
      <div className="grid gap-3 sm:grid-cols-3">
        {fields.map(([label, hint, value, set]) => (
          <Field key={label} label={label} hint={hint}>
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                value={value}
                onChange={(event) => set(event.target.value)}
              />
            )}
          </Field>
        ))}
      </div>
      <Use use={use} />
      <Problem text={problem} />
      <Button type="submit" disabled={isSending} className="w-fit">
        Save the limits
      </Button>
    </form>
  );
}

function Use({ use }: { use: ConnectionUse[] | string }) {
  if (typeof use === 'string') return <p className="text-ink-soft">{`In use now: not known. ${use}`}</p>;
  return (
    <ul aria-label="Connections in use now" className="text-ink-soft">
      {use.map(({ role, used, allowed, max }) => (
        <li key={role}>
          <span className="font-mono text-sm">{role}</span>
          {` holds ${used} of ${allowed ?? 'any number of'} connections now; the server allows ${max} in all.`}
        </li>
      ))}
    </ul>
  );
}

function secondsOf(milliseconds: number | null): string {
  return milliseconds === null ? '' : String(milliseconds / 1000);
}

function millisecondsOf(seconds: string): number | null {
  return seconds.trim() === '' ? null : Math.round(Number(seconds) * 1000);
}
