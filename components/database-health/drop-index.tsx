'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { encodeName } from '@/lib/names';
import { maintenanceSql } from '@/lib/sql/maintenance';
import type { DatabasePlace } from '../shell/place';

export type DropIndexProps = { place: DatabasePlace; schema: string; name: string };

/** Drops an index that is not valid, by a job. */
export function DropIndex({ place: { server, database }, schema, name }: DropIndexProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const drop = async () => {
    const url = `/api/v1/servers/${encodeName(server)}/databases/${encodeName(database)}/maintenance`;
    const body = { action: 'drop_index', schema, name, confirm: `${server}/${database}` };
    const called = await callApi<{ job_id: string }>('POST', url, body);
    if (called.answer !== null) router.push(`/jobs/${called.answer.job_id}`);
    setProblem(called.problem);
  };
  return (
    <>
      <Button size="small" variant="danger" aria-label={`Drop ${name}…`} onClick={() => setIsOpen(true)}>
        Drop it…
      </Button>
      {isOpen ? (
        <ConfirmDialog
          title={`Drop the index ${name}`}
          description={`In ${database} on ${server}. It is not valid: no query uses it, and every change pays for it.`}
          action={`Drop it on ${database}`}
          leave="Keep it"
          onConfirm={() => void drop()}
          onClose={() => setIsOpen(false)}
          problem={problem}
        >
          <pre className="whitespace-pre-wrap rounded-md bg-sunken p-2 font-mono text-sm [overflow-wrap:anywhere]">
            {maintenanceSql({ action: 'drop_index', kind: 'index', schema, name })}
          </pre>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
