'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useCall } from '@/components/jobs/use-call';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { TypedWord } from '@/components/ui/typed-word';
import type { ServerSettings } from '@/lib/api-types';
import { serverApi } from './paths';

/** Removes a server from Howdah, once its slug was typed. */
export function RemoveServer({ server }: { server: ServerSettings }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [dropsRoles, setDropsRoles] = useState(false);
  const { isSending, problem, call } = useCall();
  const roles = [server.roles.read, server.roles.write].filter((role) => role !== null).join(' and ');
  const remove = async () => {
    const query = new URLSearchParams({ confirm: typed, drop_roles: String(dropsRoles) });
    if (await call('DELETE', `${serverApi(server.slug)}?${query}`)) router.push('/settings/servers');
  };
  return (
    <>
      <Button variant="danger" onClick={() => setIsOpen(true)}>
        {`Remove ${server.name}…`}
      </Button>
      {isOpen ? (
        <ConfirmDialog
          title={`Remove ${server.name}`}
          description="Nobody opens it through Howdah any more. No database of it is touched."
          action={isSending ? 'Removing…' : `Remove ${server.slug}`}
          leave="Keep it"
          onConfirm={() => void remove()}
          onClose={() => setIsOpen(false)}
          problem={problem}
          isHeld={isSending || typed !== server.slug}
        >
          <ul className="list-disc space-y-1 pl-5 text-ink-soft">
            <li>Its credentials, its chosen schemas, its masks and its backup schedules are deleted here.</li>
            <li>
              Its query history, its jobs and its backups with their files stay, for who could see them.
            </li>
            <li>
              {server.roles.owner === null
                ? `The roles ${roles} stay on the server: a DBA made them, and may drop them.`
                : `The roles ${roles} stay on the server, unless they are dropped now.`}
            </li>
          </ul>
          {server.roles.owner === null ? null : (
            <label className="mt-3 flex items-center gap-2">
              <input
                type="checkbox"
                checked={dropsRoles}
                onChange={(event) => setDropsRoles(event.target.checked)}
              />
              {`Take back their grants and drop them first, as ${server.roles.owner}`}
            </label>
          )}
          <TypedWord word={server.slug} value={typed} onType={setTyped} className="mt-3" />
        </ConfirmDialog>
      ) : null}
    </>
  );
}
