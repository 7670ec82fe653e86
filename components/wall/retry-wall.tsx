'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { encodeName } from '@/lib/names';

/** Synchronises the grants and tries the wall now. */
export function RetryWall({ server }: { server: string }) {
  const router = useRouter();
  const [isSending, setIsSending] = useState(false);
  const [note, setNote] = useState('');
  const retry = async () => {
    setIsSending(true);
    const { problem } = await callApi('POST', `/api/v1/servers/${encodeName(server)}/wall`);
    setNote(problem ?? '');
    router.refresh();
    setIsSending(false);
  };
  return (
    <>
      <p role="status" className="text-danger empty:hidden">
        {note}
      </p>
      <Button onClick={retry} disabled={isSending}>
        {isSending ? 'Trying…' : 'Try the wall now'}
      </Button>
    </>
  );
}
