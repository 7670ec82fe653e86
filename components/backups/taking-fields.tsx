'use client';

import type { BackupChoices, BackupDestination, BackupFormat, ScheduleEntry } from '@/lib/job-types';
import { FormatField } from './format-field';
import { JobsField } from './jobs-field';
import { type KeepFields, KeepInputs, keepOf, usualKeep } from './keep-inputs';
import { WhereField } from './where-field';

/** How a schedule takes its backups, where to, and how many of them stay. */
export type Taking = { format: BackupFormat; jobs: number; destination: BackupDestination; keep: KeepFields };

/** What stands in the schedule; without one, what is usual. */
export function firstTaking(schedule: ScheduleEntry | null, { usual }: BackupChoices): Taking {
  const format = schedule?.format ?? 'custom';
  return {
    format,
    jobs: format === 'directory' ? (schedule?.jobs ?? 4) : 4,
    destination: schedule?.destination ?? usual,
    keep: usualKeep(schedule?.keep ?? null),
  };
}

/** The same as the API takes it. */
export function takingOf({ format, jobs, destination, keep }: Taking) {
  return { format, jobs: format === 'directory' ? jobs : 1, destination, keep: keepOf(keep) };
}

export type TakingFieldsProps = {
  value: Taking;
  choices: BackupChoices;
  onChange: (value: Taking) => void;
};

/** Asks how a schedule takes its backups, where to, and how many of them stay. */
export function TakingFields({ value, choices, onChange }: TakingFieldsProps) {
  const put = (part: Partial<Taking>) => onChange({ ...value, ...part });
  return (
    <>
      <FormatField
        value={value.format}
        formats={['custom', 'directory']}
        onChange={(format) => put({ format })}
      />
      {value.format === 'directory' ? (
        <JobsField value={value.jobs} onChange={(jobs) => put({ jobs })} />
      ) : null}
      <WhereField
        choices={choices}
        value={value.destination}
        onChange={(destination) => put({ destination })}
      />
      <KeepInputs value={value.keep} onChange={(keep) => put({ keep })} />
    </>
  );
}
