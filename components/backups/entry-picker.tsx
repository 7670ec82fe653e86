'use client';

import { useState } from 'react';
import { readProblem } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import type { BackupContentsEntry } from '@/lib/job-types';
import { EntryList } from './entry-list';

export type EntryPickerProps = {
  backupId: string;
  /** Hears the picked entries; null for all. */
  onPick: (entries: readonly number[] | null) => void;
};

/** What an archive holds, to pick from. Until it is opened all of it is restored. */
export function EntryPicker({ backupId, onPick }: EntryPickerProps) {
  const [entries, setEntries] = useState<readonly BackupContentsEntry[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const open = async () => {
    const response = await fetch(`/api/v1/backups/${backupId}/contents`).catch(() => null);
    if (response === null) setProblem('Howdah did not answer.');
    else if (!response.ok) setProblem(await readProblem(response));
    else setEntries(((await response.json()) as { items: BackupContentsEntry[] }).items);
  };
  if (entries !== null) return <EntryList entries={entries} onPick={onPick} />;
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
