'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import type { BackupChoices, ScheduleEntry, ScheduleKind } from '@/lib/job-types';
import { encodeName } from '@/lib/names';
import { firstTaking, TakingFields, takingOf } from './taking-fields';

export type ScheduleFormProps = {
  server: string;
  database: string;
  kind: ScheduleKind;
  schedule: ScheduleEntry | null;
  choices: BackupChoices;
  onDone: () => void;
};

/** Sets, changes or removes when a database is backed up, or its newest backup proven. */
export function ScheduleForm({ server, database, kind, schedule, choices, onDone }: ScheduleFormProps) {
  const [cron, setCron] = useState(schedule?.cron ?? (kind === 'backup' ? '0 2 * * *' : '0 4 * * *'));
  const [zone, setZone] = useState(
    () => schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const [taking, setTaking] = useState(() => firstTaking(schedule, choices));
  const url = `/api/v1/servers/${encodeName(server)}/databases/${encodeName(database)}/schedules/${kind}`;
  const { problem, put, remove } = useKept(url, onDone);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const taken = kind === 'backup' ? takingOf(taking) : { keep: null };
    void put({ cron, time_zone: zone, ...taken });
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-3">
      <TextField
        label="Schedule"
        error={problem}
        hint="Minute, hour, day of the month, month, day of the week."
        value={cron}
        isCode
        onChange={setCron}
      />
      <TextField
        label="Time zone"
        hint="Its clock counts, also when it is put forward or back."
        value={zone}
        isCode
        onChange={setZone}
      />
      {kind === 'backup' ? <TakingFields value={taking} choices={choices} onChange={setTaking} /> : null}
      <div className="flex justify-end gap-2">
        {schedule === null ? null : (
          <Button variant="danger" onClick={() => void remove()}>
            Remove the schedule
          </Button>
        )}
        <Button type="submit" variant="primary">
          Set the schedule
        </Button>
      </div>
    </form>
  );
}

/** Puts or removes what the API keeps under an address; what was refused is its problem. */
function useKept(url: string, onDone: () => void) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const finish = (refused: string | null) => {
    setProblem(refused);
    if (refused !== null) return;
    router.refresh();
    onDone();
  };
  return {
    problem,
    put: async (wish: object) => finish((await callApi('PUT', url, wish)).problem),
    remove: async () => finish((await callApi('DELETE', url)).problem),
  };
}
