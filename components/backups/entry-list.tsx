'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { TextField } from '@/components/ui/text-field';
import type { BackupContentsEntry } from '@/lib/job-types';
import type { EntryPickerProps } from './entry-picker';

/** Lines that are drawn at once; the search finds the others. */
const MOST_SHOWN = 200;

export type EntryListProps = Pick<EntryPickerProps, 'onPick'> & { entries: readonly BackupContentsEntry[] };

/** The entries of an archive under a search, each to be picked. */
export function EntryList({ entries, onPick }: EntryListProps) {
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const [search, setSearch] = useState('');
  const found = entries.filter(({ text }) => text.toLowerCase().includes(search.toLowerCase()));
  const pick = (next: ReadonlySet<number>) => {
    setPicked(next);
    onPick(next.size === 0 ? null : [...next]);
  };
  const toggle = (id: number) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    pick(next);
  };
  return (
    <fieldset className="mt-3 flex min-w-0 flex-col gap-2">
      <legend className="sr-only">Objects to restore</legend>
      <TextField
        label="Objects"
        hint={
          picked.size === 0
            ? 'None is picked: all are restored.'
            : `${formatCount(picked.size)} of ${formatCount(entries.length)} are restored, and nothing that they need besides.`
        }
        type="search"
        value={search}
        onChange={setSearch}
      />
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
