'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useCall } from '@/components/jobs/use-call';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';
import type { ServerTrial } from '@/lib/api-types';
import { connectionUrl } from '@/lib/sql/connection-text';
import { type Access, AccessFields, accessBody, noAccess } from './access-fields';
import { EnrolSteps } from './enrol-steps';
import { type Identity, IdentityFields } from './identity-fields';
import { settingsPath } from './paths';
import { TrialView } from './trial-view';
import { useEnrol } from './use-enrol';

const noIdentity: Identity = { name: '', slug: '', environment: 'production' };

/** Adds a server: how to get in, what it is called, a trial, and then the enrolment itself. */
export function EnrolForm() {
  const router = useRouter();
  const [access, setAccess] = useState<Access>(noAccess);
  const [identity, setIdentity] = useState(noIdentity);
  const [trial, setTrial] = useState<ServerTrial | null>(null);
  const { isSending, problem, call } = useCall();
  const { enrolment, enrol: follow } = useEnrol();
  const isBusy = isSending || enrolment.isGoing;
  const tryIt = async () => {
    const { tls_ca } = accessBody(access);
    const body = { url: connectionUrl(access.connection), tls_ca };
    const called = await call<ServerTrial>('POST', '/api/v1/server-trial', body);
    setTrial(called?.answer ?? null);
  };
  const enrol = async (event: FormEvent) => {
    event.preventDefault();
    const slug = await follow({ ...identity, ...accessBody(access) });
    if (slug !== null) router.push(settingsPath(slug));
  };
  return (
    <form onSubmit={enrol} className="flex max-w-[720px] flex-col gap-4 px-4 pb-6">
      <AccessFields
        value={access}
        onChange={(next) => {
          setAccess(next);
          setTrial(null);
        }}
      />
      <IdentityFields value={identity} onChange={setIdentity} hasSlug={false} />
      {trial === null ? null : <TrialView trial={trial} />}
      <EnrolSteps {...enrolment} />
      <Problem text={enrolment.problem ?? problem} />
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={tryIt} disabled={isBusy || access.connection.host === ''}>
          Test the connection
        </Button>
        <Button
          type="submit"
          variant="primary"
          disabled={isBusy || identity.slug === '' || access.connection.host === ''}
        >
          {isBusy ? 'Working…' : 'Add the server'}
        </Button>
        <p className="text-ink-soft">
          Adding makes the roles, grants every schema to them, and tries what they can do.
        </p>
      </div>
    </form>
  );
}
