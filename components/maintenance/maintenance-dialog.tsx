'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import { callApi, readProblem } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Problem } from '@/components/ui/problem';
import { TypedWord } from '@/components/ui/typed-word';
import type { DatabaseMaintenancePlan, MaintenancePlan } from '@/lib/api-types';
import { encodeName } from '@/lib/names';
import type { MaintenanceProps } from './maintenance-button';
import { PlanView } from './plan-view';
import { firstWork, workBody } from './work';
import { WorkFields } from './work-fields';

export type MaintenanceDialogProps = MaintenanceProps & { onClose: () => void };

/** Asks for the work, says what it sends, locks and waits for, and leads to its job. */
export function MaintenanceDialog(props: MaintenanceDialogProps) {
  const { place, environment, subject, onClose } = props;
  const router = useRouter();
  const [work, setWork] = useState(firstWork);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const room = `/api/v1/servers/${encodeName(place.server)}/databases/${encodeName(place.database)}/maintenance`;
  const url = subject === null ? `${room}/all` : room;
  const body = workBody(work, subject);
  const query = new URLSearchParams(Object.entries(body).map(([key, value]) => [key, String(value)]));
  const plan = usePlan(`${url}?${query}`);
  const names = `${place.server}/${place.database}`;
  const isTyped = environment === 'production';
  const begin = async (event: FormEvent) => {
    event.preventDefault();
    setIsSending(true);
    const called = await callApi<{ job_id: string }>('POST', url, { ...body, confirm: names });
    if (called.answer !== null) return router.push(`/jobs/${called.answer.job_id}`);
    setProblem(called.problem);
    setIsSending(false);
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={
        subject === null
          ? `Maintain all tables of ${place.database}`
          : `Maintain ${subject.schema}.${subject.name}`
      }
      description={`As the owner of ${place.database} on ${place.server}; a lock is waited for no longer than 2\u00a0s.`}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            form="maintenance"
            variant="danger"
            disabled={isSending || plan.value === null || (isTyped && typed !== names)}
          >
            {isSending ? 'Beginning…' : `${work.action.toUpperCase()} on ${place.database}`}
          </Button>
        </>
      }
    >
      <form id="maintenance" onSubmit={begin} className="flex flex-col gap-3">
        <WorkFields value={work} subject={subject} onChange={setWork} />
        <PlanView plan={plan.value} problem={plan.problem} />
        {isTyped ? <TypedWord word={names} value={typed} onType={setTyped} /> : null}
        <Problem text={problem} />
      </form>
    </Dialog>
  );
}

type Asked = { url: string; value: MaintenancePlan | DatabaseMaintenancePlan | null; problem: string | null };

/** What the API plans at `url`; while another choice is asked about, nothing. */
function usePlan(url: string): Asked {
  const [asked, setAsked] = useState<Asked>({ url: '', value: null, problem: null });
  useEffect(() => {
    const abort = new AbortController();
    void ask(url, abort.signal).then((answer) => {
      if (!abort.signal.aborted) setAsked({ url, ...answer });
    });
    return () => abort.abort();
  }, [url]);
  return asked.url === url ? asked : { url, value: null, problem: null };
}

async function ask(url: string, signal: AbortSignal): Promise<Omit<Asked, 'url'>> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) return { value: null, problem: await readProblem(response) };
    return { value: (await response.json()) as MaintenancePlan | DatabaseMaintenancePlan, problem: null };
  } catch {
    return { value: null, problem: 'Howdah did not answer.' };
  }
}
