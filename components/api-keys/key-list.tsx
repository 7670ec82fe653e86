'use client';

import { KeyRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ApiKeySummary } from '@/lib/account-types';
import { callApi } from '../jobs/call-api';
import { ObjectRow, ObjectTable } from '../objects/object-table';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { EmptyState } from '../ui/empty-state';
import { Time } from '../ui/time';

const statuses = {
  active: { word: 'Active', tone: 'success' },
  expired: { word: 'Expired', tone: 'neutral' },
  revoked: { word: 'Revoked', tone: 'neutral' },
} as const satisfies Record<ApiKeySummary['status'], { word: string; tone: Tone }>;

export type KeyListProps = { keys: readonly ApiKeySummary[]; hasUsers: boolean };

/** API keys, newest first, and the end of each. `hasUsers`: they are those of everybody. */
export function KeyList({ keys, hasUsers }: KeyListProps) {
  const [asked, setAsked] = useState<ApiKeySummary | null>(null);
  if (keys.length === 0) {
    return (
      <EmptyState title="No API keys yet" icon={<KeyRound />}>
        A key lets a script do what you may do, or less: on fewer servers, with a lesser role, until a day
        that you choose.
      </EmptyState>
    );
  }
  return (
    <>
      <ObjectTable
        caption="API keys"
        columns={[
          { name: 'Name' },
          ...(hasUsers ? [{ name: 'User', width: '14%' }] : []),
          { name: 'Role', width: '100px', isWide: true },
          { name: 'Servers', width: '18%', isWide: true },
          { name: 'Expires', width: '170px', isWide: true },
          { name: 'Last used', width: '170px', isWide: true },
          { name: 'Status', width: '90px' },
          { name: '', width: '104px' },
        ]}
      >
        {keys.map((key) => (
          <ObjectRow key={key.id}>
            <td className="truncate">{key.name}</td>
            {hasUsers ? <td className="truncate">{key.user}</td> : null}
            <td className="max-md:hidden">{key.role}</td>
            <td className="truncate text-ink-soft max-md:hidden">
              {key.servers === null ? 'all of the user’s' : key.servers.join(', ')}
            </td>
            <td className="text-ink-soft max-md:hidden">
              <Time value={key.expires_at} />
            </td>
            <td className="text-ink-soft max-md:hidden">
              {key.last_used_at === null ? 'Never' : <Time value={key.last_used_at} />}
            </td>
            <td>
              <Badge tone={statuses[key.status].tone}>{statuses[key.status].word}</Badge>
            </td>
            <td className="text-right">
              {key.status === 'active' ? (
                <Button size="small" aria-label={`Revoke ${key.name}`} onClick={() => setAsked(key)}>
                  Revoke…
                </Button>
              ) : null}
            </td>
          </ObjectRow>
        ))}
      </ObjectTable>
      {asked === null ? null : <RevokeDialog apiKey={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKeySummary; onClose: () => void }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const revoke = async () => {
    const { problem: refused } = await callApi('DELETE', `/api/v1/api-keys/${apiKey.id}`);
    if (refused !== null) return setProblem(refused);
    router.refresh();
    onClose();
  };
  return (
    <ConfirmDialog
      title={`Revoke ${apiKey.name}`}
      description="The next request with it is refused, and what it is running is cancelled within seconds. It cannot be brought back."
      action={`Revoke ${apiKey.name}`}
      onConfirm={() => void revoke()}
      onClose={onClose}
      problem={problem}
    />
  );
}
