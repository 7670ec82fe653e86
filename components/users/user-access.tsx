'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { GrantableServer, UserSummary } from '@/lib/account-types';
import type { Level } from '@/lib/api-types';
import { encodeName } from '@/lib/names';
import { callApi } from '../jobs/call-api';
import { ObjectRow, ObjectTable } from '../objects/object-table';
import { EmptyState } from '../ui/empty-state';
import { EnvironmentBadge } from '../ui/environment';
import { LevelSelect } from './level-select';

export type UserAccessProps = { user: UserSummary; servers: readonly GrantableServer[] };

/** What a user may do on each server; a choice holds at once. */
export function UserAccess({ user, servers }: UserAccessProps) {
  const router = useRouter();
  const [note, setNote] = useState<string | null>(null);
  if (servers.length === 0)
    return <EmptyState title="No servers yet">Enrol one, then grant access to it.</EmptyState>;
  const grant = async (slug: string, level: Level | null) => {
    const url = `/api/v1/users/${user.id}/servers/${encodeName(slug)}`;
    const { problem } = await (level === null ? callApi('DELETE', url) : callApi('PUT', url, { level }));
    setNote(problem ?? `Saved: ${user.username} on ${slug}.`);
    router.refresh();
  };
  return (
    <>
      <ObjectTable
        caption="Access to servers"
        columns={[
          { name: 'Server' },
          { name: 'Granted level', width: '150px' },
          { name: 'In force', width: '100px' },
        ]}
      >
        {servers.map(({ slug, name, environment }) => {
          const granted = user.servers.find(({ server }) => server === slug);
          return (
            <ObjectRow key={slug}>
              <td className="truncate">
                {name} <EnvironmentBadge environment={environment} />
              </td>
              <td>
                <LevelSelect
                  aria-label={`Level on ${name}`}
                  value={granted?.level ?? null}
                  onChange={(level) => void grant(slug, level)}
                />
              </td>
              <td
                className="text-ink-soft"
                title={`The lesser of the grant and what a ${user.role} may do there.`}
              >
                {granted?.level_in_force ?? '–'}
              </td>
            </ObjectRow>
          );
        })}
      </ObjectTable>
      <p role="status" className="px-4 py-1.5 text-ink-soft empty:hidden">
        {note}
      </p>
    </>
  );
}
