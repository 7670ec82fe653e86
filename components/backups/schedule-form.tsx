'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { BackupChoices, BackupFormat, ScheduleEntry, ScheduleKind } from '@/lib/job-types';
import { encodeName } from '@/lib/names';
import { JobsField } from './jobs-field';
import { type KeepFields, KeepInputs, keepOf, usualKeep } from './keep-inputs';
import { WhereField } from './where-field';

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
  const router = useRouter();
  const [cron, setCron] = useState(schedule?.cron ?? (kind === 'backup' ? '0 2 * * *' : '0 4 * * *'));
  const [zone, setZone] = useState(
    () => schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const [keep, setKeep] = useState<KeepFields>(() => usualKeep(schedule?.keep ?? null));
  const [format, setFormat] = useState<BackupFormat>(schedule?.format ?? 'custom');
  const [jobs, setJobs] = useState(format === 'directory' ? (schedule?.jobs ?? 4) : 4);
  const [destination, setDestination] = useState(schedule?.destination ?? choices.usual);
  const [problem, setProblem] = useState<string | null>(null);
  const url = `/api/v1/servers/${encodeName(server)}/databases/${encodeName(database)}/schedules/${kind}`;
  const finish = (refused: string | null) => {
    setProblem(refused);
    if (refused !== null) return;
    router.refresh();
    onDone();
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const taken = { keep: keepOf(keep), format, jobs: format === 'directory' ? jobs : 1, destination };
    const wish = { cron, time_zone: zone, ...(kind === 'backup' ? taken : { keep: null }) };
    finish((await callApi('PUT', url, wish)).problem);
  };
  const remove = async () => finish((await callApi('DELETE', url)).problem);
  return (
    <form onSubmit={save} className="flex flex-col gap-3">
      <Field label="Schedule" error={problem} hint="Minute, hour, day of the month, month, day of the week.">
        {(control) => (
          <Input
            {...control}
            value={cron}
            onChange={(event) => setCron(event.target.value)}
            className="font-mono"
          />
        )}
      </Field>
      <Field label="Time zone" hint="Its clock counts, also when it is put forward or back.">
        {(control) => (
          <Input
            {...control}
            value={zone}
            onChange={(event) => setZone(event.target.value)}
            className="font-mono"
          />
        )}
      </Field>
      {kind === 'backup' ? (
        <>
          <Field label="Format">
            {(control) => (
              <Select
                {...control}
                value={format}
                onChange={(event) => setFormat(event.target.value as BackupFormat)}
              >
                <option value="custom">Archive (pg_dump’s custom format)</option>
                <option value="directory">Archive by several jobs (directory format)</option>
              </Select>
            )}
          </Field>
          {format === 'directory' ? <JobsField value={jobs} onChange={setJobs} /> : null}
          <WhereField choices={choices} value={destination} onChange={setDestination} />
          <KeepInputs value={keep} onChange={setKeep} />
        </>
      ) : null}
      <div className="flex justify-end gap-2">
        {schedule === null ? null : (
          <Button variant="danger" onClick={remove}>
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
