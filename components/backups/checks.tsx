'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import type { CheckQuery } from '@/lib/job-types';
import { encodeName } from '@/lib/names';

export type ChecksProps = {
  server: string;
  database: string;
  checks: readonly CheckQuery[];
  canManage: boolean;
};

/** The queries that every restored copy of a database must answer with true before a backup counts as proven. */
export function Checks({ server, database, checks, canManage }: ChecksProps) {
  const [isOpen, setIsOpen] = useState(false);
  if (!canManage && checks.length === 0) return null;
  const url = `/api/v1/servers/${encodeName(server)}/databases/${encodeName(database)}/checks`;
  return (
    <section aria-label="Check queries" className="flex items-center gap-2 border-line border-b px-4 py-2">
      <span className="text-ink-soft">Check queries:</span>
      {checks.length === 0 ? 'none' : checks.map(({ name }) => name).join(', ')}
      <Button size="small" variant="ghost" onClick={() => setIsOpen(true)}>
        {canManage ? 'Change…' : 'Show…'}
        <span className="sr-only"> the check queries</span>
      </Button>
      {isOpen ? (
        <Dialog
          open
          onOpenChange={setIsOpen}
          title={`Check queries of ${database}`}
          description="Each is asked of the restored copy, where it can write nothing. The first column of its first row must be true."
        >
          <ul className="flex flex-col gap-3">
            {checks.map((check) => (
              <CheckLine key={check.id} check={check} url={url} canManage={canManage} />
            ))}
          </ul>
          {canManage ? <NewCheck url={url} /> : null}
        </Dialog>
      ) : null}
    </section>
  );
}

function CheckLine({ check, url, canManage }: { check: CheckQuery; url: string; canManage: boolean }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const remove = async () => {
    const called = await callApi('DELETE', `${url}/${check.id}`);
    setProblem(called.problem);
    router.refresh();
  };
  return (
    <li>
      <p className="flex items-center justify-between gap-2">
        {check.name}
        {canManage ? (
          <Button size="small" variant="ghost" onClick={remove}>
            Remove<span className="sr-only"> {check.name}</span>
          </Button>
        ) : null}
      </p>
      <code className="block whitespace-pre-wrap break-words rounded-md bg-sunken px-2 py-1.5 font-mono text-sm">
        {check.sql}
      </code>
      <p role="status" className="text-danger empty:hidden">
        {problem}
      </p>
    </li>
  );
}

function NewCheck({ url }: { url: string }) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [sql, setSql] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const called = await callApi('POST', url, { name, sql });
    setProblem(called.problem);
    if (called.problem !== null) return;
    setName('');
    setSql('');
    router.refresh();
  };
  return (
    <form onSubmit={add} className="mt-4 flex flex-col gap-3">
      <Field label="Name" error={problem}>
        {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label="Query" hint="select count(*) > 1000 from orders">
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            value={sql}
            onChange={(event) => setSql(event.target.value)}
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={name.trim() === '' || sql.trim() === ''}>
          Add the query
        </Button>
      </div>
    </form>
  );
}
