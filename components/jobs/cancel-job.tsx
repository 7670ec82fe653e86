'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { JobEntry } from '@/lib/job-types';
import { callApi } from './call-api';
import { jobKindWords } from './job-words';

export type CancelJobProps = { job: JobEntry; onCancelled: () => Promise<void> };

/** Ends a job that is queued or runs, and says what came of that. */
export function CancelJob({ job, onCancelled }: CancelJobProps) {
  const [isSending, setIsSending] = useState(false);
  const [note, setNote] = useState<string | null>(null);
  const cancel = async () => {
    setIsSending(true);
    const { problem } = await callApi('DELETE', `/api/v1/jobs/${job.id}`);
    setNote(problem ?? 'The job was told to end; it cleans up after itself.');
    await onCancelled();
    setIsSending(false);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button variant="danger" onClick={cancel} disabled={isSending}>
        {isSending ? 'Cancelling…' : `Cancel the ${jobKindWords[job.kind].toLowerCase()} of ${job.database}`}
      </Button>
      <p role="status" className="text-ink-soft empty:hidden">
        {note}
      </p>
    </div>
  );
}
