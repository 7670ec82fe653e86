'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useCall } from '@/components/jobs/use-call';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';
import type { ServerSettings } from '@/lib/api-types';
import { IdentityFields } from './identity-fields';
import { serverApi } from './paths';

/** A server's name and environment. */
export function IdentityForm({ server }: { server: ServerSettings }) {
  const router = useRouter();
  const [value, setValue] = useState(server);
  const { isSending, problem, call } = useCall();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const { name, environment } = value;
    if (await call('PATCH', serverApi(server.slug), { name, environment })) router.refresh();
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-2">
      <IdentityFields value={value} onChange={(next) => setValue({ ...value, ...next })} hasSlug />
      <Problem text={problem} />
      <Button type="submit" disabled={isSending} className="w-fit">
        Save the name
      </Button>
    </form>
  );
}
