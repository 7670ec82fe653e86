'use client';

import { useState } from 'react';
import { readProblem } from '@/components/jobs/call-api';
import { readNdjson } from '@/lib/ndjson';
import { errorLine } from '@/lib/query-event';
import type { EnrolEvent, StepResult } from '@/lib/wall-types';

/** How far an enrolment is: the steps that were taken, and what it does now. */
export type Enrolment = {
  isGoing: boolean;
  steps: readonly StepResult[];
  doing: string | null;
  problem: string | null;
};

const none: Enrolment = { isGoing: false, steps: [], doing: null, problem: null };

const lost = 'Howdah did not answer to the end. Look under Servers whether it was added, then try again.';

/** Enrols a server and follows it. `enrol` answers its slug, or null where it failed; `problem` then says why. */
export function useEnrol() {
  const [enrolment, setEnrolment] = useState(none);
  const put = (change: (before: Enrolment) => Partial<Enrolment>) =>
    setEnrolment((before) => ({ ...before, ...change(before) }));
  const enrol = async (body: object): Promise<string | null> => {
    const fail = (problem: string) => {
      put(() => ({ isGoing: false, doing: null, problem }));
      return null;
    };
    setEnrolment({ ...none, isGoing: true, doing: 'Connecting' });
    try {
      for await (const event of follow(body)) {
        if (event.type === 'done') return event.slug;
        if (event.type === 'error') return fail(errorLine(event.error));
        put(({ steps }) =>
          event.type === 'step' ? { steps: [...steps, event.step], doing: null } : { doing: event.what },
        );
      }
    } catch {
      // falls through: what was sent may have come to an end or not
    }
    return fail(lost);
  };
  return { enrolment, enrol };
}

async function* follow(body: object): AsyncGenerator<EnrolEvent> {
  const response = await fetch('/api/v1/servers', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, follow: true }),
  });
  if (response.ok && response.body !== null) yield* readNdjson<EnrolEvent>(response.body);
  else yield { type: 'error', error: { code: 'refused', message: await readProblem(response) } };
}
