'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { readProblem } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';

const EVERY_MS = 2000;

export type CancelRunProps = { id: string; where: string; canCancel: boolean };

/** Beside a run that still runs: cancels it, says what came of that, and keeps the page fresh meanwhile. */
export function CancelRun({ id, where, canCancel }: CancelRunProps) {
  const router = useRouter();
  const [isSending, setIsSending] = useState(false);
  const [note, setNote] = useState<string | null>(null);
  useRefresh(router.refresh);
  const cancel = async () => {
    setIsSending(true);
    const problem = await cancelRun(id);
    setIsSending(false);
    setNote(problem ?? 'PostgreSQL was asked to cancel. The status follows in a moment.');
    router.refresh();
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {canCancel ? (
        <Button variant="danger" onClick={cancel} disabled={isSending}>
          {isSending ? 'Cancelling…' : `Cancel on ${where}`}
        </Button>
      ) : null}
      <p role="status" className="text-ink-soft empty:hidden">
        {note}
      </p>
    </div>
  );
}

/** Asks the API to cancel; null when it did, else what to tell the user. */
async function cancelRun(id: string): Promise<string | null> {
  try {
    const response = await fetch(`/api/v1/queries/${encodeURIComponent(id)}`, { method: 'DELETE' });
    if (response.ok) return null;
    if (response.status === 409) return 'This run is over already.';
    return await readProblem(response);
  } catch {
    return 'Howdah did not answer, so the run may still go on. Try again.';
  }
}

function useRefresh(refresh: () => void) {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
}
