import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import type { BackupEntry } from '@/lib/job-types';

/** Where a backup is restored to: into a new database of a name, or over its own, whose name is typed. */
export type RestorePlace = { isOver: boolean; name: string; typed: string };

/** What is chosen for a restore, and how it is begun: that leads to its job. */
export function useRestore(backup: BackupEntry) {
  const router = useRouter();
  const [place, setPlace] = useState<RestorePlace>({
    isOver: false,
    name: `${backup.database.slice(0, 50)}_restored`,
    typed: '',
  });
  const [entries, setEntries] = useState<readonly number[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const { isOver, name, typed } = place;
  const database = isOver ? backup.database : name;
  const begin = async () => {
    setIsSending(true);
    const wish = { database, ...(isOver ? { over: typed } : {}), ...(entries === null ? {} : { entries }) };
    const url = `/api/v1/backups/${backup.id}/restore`;
    const called = await callApi<{ job_id: string }>('POST', url, wish);
    if (called.answer !== null) return router.push(`/jobs/${called.answer.job_id}`);
    setProblem(called.problem);
    setIsSending(false);
  };
  return {
    ...{ place, database, problem, isSending, begin, setEntries },
    isReady: isOver ? typed === backup.database : name !== '',
    put: (part: Partial<RestorePlace>) => setPlace((before) => ({ ...before, ...part })),
  };
}
