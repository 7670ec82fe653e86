'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { SessionSummary } from '@/lib/account-types';
import { callApi } from '../jobs/call-api';
import { ObjectRow, ObjectTable } from '../objects/object-table';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { Time } from '../ui/time';
import { browserOf } from './browser-of';

export type SessionListProps = {
  sessions: readonly SessionSummary[];
  /** The API's path of these sessions. */
  path: string;
};

/** Where somebody is signed in, and the end of it. */
export function SessionList({ sessions, path }: SessionListProps) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const end = async (url: string) => {
    const { problem: refused } = await callApi('DELETE', url);
    setProblem(refused);
    router.refresh();
  };
  const others = sessions.filter(({ is_current }) => !is_current);
  if (sessions.length === 0) return <p className="px-4 pb-4 text-ink-soft">Signed in nowhere.</p>;
  return (
    <>
      <ObjectTable
        caption="Sessions"
        columns={[
          { name: 'Browser' },
          { name: 'Address', width: '24%', isWide: true },
          { name: 'Since', width: '170px' },
          { name: '', width: '90px' },
        ]}
      >
        {sessions.map((session) => (
          <ObjectRow key={session.id}>
            <td className="truncate max-md:whitespace-normal" title={session.user_agent ?? undefined}>
              {browserOf(session.user_agent)}{' '}
              {session.is_current ? <Badge tone="accent">this one</Badge> : null}
            </td>
            <td className="truncate font-mono text-ink-soft text-sm max-md:hidden">
              {session.address ?? 'unknown'}
            </td>
            <td className="text-ink-soft">
              <Time value={session.created_at} />
            </td>
            <td className="text-right">
              {session.is_current ? null : (
                <Button size="small" onClick={() => void end(`${path}/${session.id}`)}>
                  End
                </Button>
              )}
            </td>
          </ObjectRow>
        ))}
      </ObjectTable>
      <div className="flex items-center gap-3 px-4 py-2">
        {others.length > 1 ? (
          <Button onClick={() => void end(path)}>
            End {others.length === sessions.length ? 'all' : 'the others'}
          </Button>
        ) : null}
        <Problem text={problem} />
      </div>
    </>
  );
}
