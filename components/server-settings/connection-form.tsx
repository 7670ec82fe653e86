'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useCall } from '@/components/jobs/use-call';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';
import type { ServerSettings, ServerTrial } from '@/lib/api-types';
import { connectionUrl } from '@/lib/sql/connection-text';
import { type Access, AccessFields, accessBody, noAccess } from './access-fields';
import { serverApi } from './paths';
import { TrialView } from './trial-view';

/**
 * Where a server is and who logs in. Passwords are never sent here: a change gives them anew, and enrols the server
 * again with what was chosen.
 */
export function ConnectionForm({ server }: { server: ServerSettings }) {
  const router = useRouter();
  const [access, setAccess] = useState<Access>(() => accessOf(server));
  const [trial, setTrial] = useState<ServerTrial | null>(null);
  const { isSending, problem, call } = useCall();
  const tryIt = async () => {
    const { tls_ca } = accessBody(access);
    const body = { url: connectionUrl(access.connection), tls_ca };
    setTrial((await call<ServerTrial>('POST', '/api/v1/server-trial', body))?.answer ?? null);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await call('PATCH', serverApi(server.slug), accessBody(access))) {
      setAccess(accessOf(server));
      router.refresh();
    }
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-3">
      <p className="text-ink-soft">
        {`The passwords that are kept are never shown; type them to change the connection.${server.has_ca ? ' A CA certificate is kept; leave it empty to keep it.' : ''}`}
      </p>
      <AccessFields value={access} onChange={setAccess} />
      {trial === null ? null : <TrialView trial={trial} />}
      <Problem text={problem} />
      <div className="flex gap-2">
        <Button onClick={tryIt} disabled={isSending}>
          Test the connection
        </Button>
        <Button type="submit" disabled={isSending || access.connection.password === ''}>
          Change the connection
        </Button>
      </div>
    </form>
  );
}

function accessOf({ host, port, default_database, tls_mode, roles }: ServerSettings): Access {
  const place = { host, port: String(port), database: default_database, sslmode: tls_mode, password: '' };
  return {
    ...noAccess,
    way: roles.owner === null ? 'roles' : 'superuser',
    connection: { ...place, user: roles.owner ?? roles.read ?? '' },
    writer: { ...place, user: roles.owner === null ? (roles.write ?? '') : '' },
  };
}
