'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { LinkSummary } from '@/lib/account-types';
import { callApi } from '../jobs/call-api';
import { ObjectRow, ObjectTable } from '../objects/object-table';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { Time } from '../ui/time';

const kinds = { invite: 'Invite', reset: 'Password reset' } as const satisfies Record<
  LinkSummary['kind'],
  string
>;

/** The one-time links that somebody may still use; nothing where there are none. */
export function OpenLinks({ links }: { links: readonly LinkSummary[] }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  if (links.length === 0) return null;
  const revoke = async (id: string) => {
    const { problem: refused } = await callApi('DELETE', `/api/v1/invites/${id}`);
    setProblem(refused);
    router.refresh();
  };
  return (
    <section aria-labelledby="open-links" className="mt-6">
      <h2 id="open-links" className="px-4 pb-2 font-semibold">
        Links that were not used yet
      </h2>
      <Problem text={problem} className="px-4 pb-2" />
      <ObjectTable
        caption="Links that were not used yet"
        columns={[
          { name: 'For' },
          { name: 'What', width: '130px' },
          { name: 'Made by', width: '18%', isWide: true },
          { name: 'Works until', width: '170px', isWide: true },
          { name: '', width: '100px' },
        ]}
      >
        {links.map((link) => (
          <ObjectRow key={link.id}>
            <td className="truncate">{link.user}</td>
            <td>{kinds[link.kind]}</td>
            <td className="truncate text-ink-soft max-md:hidden">{link.created_by}</td>
            <td className="text-ink-soft max-md:hidden">
              <Time value={link.expires_at} />
            </td>
            <td className="text-right">
              <Button size="small" onClick={() => void revoke(link.id)}>
                Take back
              </Button>
            </td>
          </ObjectRow>
        ))}
      </ObjectTable>
    </section>
  );
}
