'use client';

import { ShieldCheck } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { readProblem } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';

const logs = ['/api/v1/history/verify', '/api/v1/audit/verify'];

/** Verifies both logs now, and shows the page anew with what was found. */
export function VerifyNow() {
  const router = useRouter();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const verify = async () => {
    setIsBusy(true);
    setProblem(await verifyAll());
    setIsBusy(false);
    router.refresh();
  };
  return (
    <>
      <Button onClick={verify} disabled={isBusy}>
        <ShieldCheck aria-hidden />
        {isBusy ? 'Verifying every row…' : 'Verify now'}
      </Button>
      {problem === null ? null : (
        <p role="alert" className="w-full text-danger">
          {problem}
        </p>
      )}
    </>
  );
}

async function verifyAll(): Promise<string | null> {
  try {
    for (const log of logs) {
      const response = await fetch(log);
      if (!response.ok) return await readProblem(response);
    }
    return null;
  } catch {
    return 'Howdah did not answer. Try again.';
  }
}
