'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useCall } from '@/components/jobs/use-call';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';
import { serverApi } from './paths';

/** Makes the roles of the levels again, with new passwords and limits, and tries the wall. */
export function RenewRoles({ server }: { server: string }) {
  const router = useRouter();
  const [isDone, setIsDone] = useState(false);
  const { isSending, problem, call } = useCall();
  const renew = async () => {
    setIsDone((await call('POST', `${serverApi(server)}/roles`)) !== null);
    router.refresh();
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onClick={renew} disabled={isSending}>
        {isSending ? 'Making them…' : 'Renew the roles and their passwords'}
      </Button>
      <p role="status" className="text-success empty:hidden">
        {isDone ? 'Made again, with new passwords.' : null}
      </p>
      <Problem text={problem} />
    </div>
  );
}
