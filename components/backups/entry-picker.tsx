'use client';

import { useState } from 'react';
import { readProblem } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { formatCount } from '@/components/ui/format';
import { Input } from '@/components/ui/input';
import type { BackupContentsEntry } from '@/lib/job-types';

/** Lines that are drawn at once; the search finds the others. */
const MOST_SHOWN = 200;

export type EntryPickerProps = {
  backupId: string;
  /** Hears the picked entries; null for all. */
  onPick: (entries: readonly number[] | null) => void;
};

/** What an archive holds, to pick from. Until it is opened all of it is restored. */
export function EntryPicker({ backupId, onPick }: EntryPickerProps) {
  const [entries, setEntries] = useState<readonly BackupContentsEntry[] | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const [search, setSearch] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const open = async () => {
    const response = await fetch(`/api/v1/backups/${backupId}/contents`).catch(() => null);
    if (response === null) setProblem('Howdah did not answer.');
    else if (!response.ok) setProblem(await readProblem(response));
    else setEntries(((await response.json()) as { items: BackupContentsEntry[] }).items);
  };
  const pick = (next: ReadonlySet<number>) => {
    setPicked(next);
    onPick(next.size === 0 ? null : [...next]);
  };
  if (entries === null) {
    return (
      <p className="mt-3 flex items-center gap-2">
        <Button size="small" onClick={open}>
          Pick objects…
        </Button>
        <span role="status" className="text-danger empty:hidden">
          {problem}
        </span>
      </p>
    );
  }
  const found = entries.filter(({ text }) => text.toLowerCase().includes(search.toLowerCase()));
  const toggle = (id: number) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    pick(next);
  };
  return (
    <fieldset className="mt-3 flex flex-col gap-2">
      <legend className="sr-only">Objects to restore</legend>
      <Field
        label="Objects"
        hint={
          picked.size === 0
            ? 'None is picked: all are restored.'
            : `${formatCount(picked.size)} of ${formatCount(entries.length)} are restored, and nothing that they need besides.`
        }
      >
        {(control) => (
          <Input
            {...control}
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        )}
      </Field>
      <span className="flex gap-2">
        <Button size="small" onClick={() => pick(new Set([...picked, ...found.map(({ id }) => id)]))}>
          Pick {formatCount(found.length)} shown
        </Button>
        <Button size="small" variant="ghost" onClick={() => pick(new Set())}>
          Pick none
        </Button>
      </span>
      <ul className="max-h-[160px] overflow-auto rounded-md border border-line font-mono text-sm">
        {found.slice(0, MOST_SHOWN).map(({ id, text }) => (
          <li key={id}>
            <label className="flex items-center gap-2 px-2 py-0.5 hover:bg-hover">
              <input type="checkbox" checked={picked.has(id)} onChange={() => toggle(id)} />
              <span className="truncate">{text}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
