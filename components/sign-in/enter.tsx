'use client';

import { useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';
import { signIn } from './auth';
import { useHydrated } from './use-hydrated';

export type EnterProps = { problem: string | null; isPending: boolean; children: string };

/** The end of a form on a public page: what went wrong, and its button, which is off until the page can send it. */
export function Enter({ problem, isPending, children }: EnterProps) {
  const isHydrated = useHydrated();
  return (
    <>
      <Problem text={problem} />
      <Button
        type="submit"
        variant="primary"
        size="large"
        disabled={isPending || !isHydrated}
        className="mt-1 w-full"
      >
        {children}
      </Button>
    </>
  );
}

/** Sends a password that was chosen now to the API, and signs in with it. */
export function useEnter() {
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);
  const enter = async (url: string, username: string, body: { token: string; password: string }) => {
    setIsPending(true);
    const { problem: refused } = await callApi('POST', url, body);
    if (refused === null) {
      await signIn(username, body.password, '/');
      return location.assign('/');
    }
    setProblem(refused);
    setIsPending(false);
  };
  return { problem, isPending, enter };
}
