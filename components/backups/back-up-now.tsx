'use client';

import { Archive } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import type { BackupChoices } from '@/lib/job-types';
import { encodeName } from '@/lib/names';
import { BackupDialog } from './backup-dialog';
import type { BackupWish } from './backup-wish';

export type BackUpNowProps = { server: string; database: string; choices: BackupChoices };

/** Begins a backup, whole or of what is chosen; the page then lists it and follows it. */
export function BackUpNow({ server, database, choices }: BackUpNowProps) {
  const router = useRouter();
  const [isSending, setIsSending] = useState(false);
  const [isChoosing, setIsChoosing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const begin = async (wish: BackupWish | object) => {
    setIsSending(true);
    const url = `/api/v1/servers/${encodeName(server)}/databases/${encodeName(database)}/backups`;
    const called = await callApi('POST', url, wish);
    setProblem(called.problem);
    setIsChoosing(isChoosing && called.problem !== null);
    router.refresh();
    setIsSending(false);
  };
  return (
    <div className="flex max-w-[520px] flex-wrap items-center justify-end gap-x-3 gap-y-1">
      <p role="status" className="text-danger empty:hidden">
        {isChoosing ? null : problem}
      </p>
      <Button onClick={() => setIsChoosing(true)}>Choose…</Button>
      <Button variant="primary" onClick={() => begin({})} disabled={isSending}>
        <Archive aria-hidden />
        {isSending ? 'Beginning…' : 'Back up now'}
      </Button>
      {isChoosing ? (
        <BackupDialog
          database={database}
          choices={choices}
          problem={problem}
          isSending={isSending}
          onWish={begin}
          onClose={() => setIsChoosing(false)}
        />
      ) : null}
    </div>
  );
}
