'use client';

import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Time } from '@/components/ui/time';
import type { BackupChoices, ScheduleEntry, ScheduleKind } from '@/lib/job-types';
import { ScheduleForm } from './schedule-form';

export type SchedulesProps = {
  server: string;
  database: string;
  schedules: readonly ScheduleEntry[];
  canManage: boolean;
  choices: BackupChoices;
};

const titles = { backup: 'Back up', verify: 'Prove the newest' } as const satisfies Record<
  ScheduleKind,
  string
>;
const kinds = ['backup', 'verify'] as const;

/** When a database is backed up and proven, and what became of the last runs. */
export function Schedules({ schedules, canManage, choices, ...place }: SchedulesProps) {
  const [editing, setEditing] = useState<ScheduleKind | null>(null);
  const of = (kind: ScheduleKind) => schedules.find((schedule) => schedule.kind === kind) ?? null;
  return (
    <section aria-label="Schedules" className="flex flex-wrap gap-x-8 gap-y-1 border-line border-b px-4 py-2">
      {kinds.map((kind) => (
        <p key={kind} className="flex items-center gap-2">
          <span className="text-ink-soft">{titles[kind]}:</span>
          <Said schedule={of(kind)} />
          {canManage ? (
            <Button size="small" variant="ghost" onClick={() => setEditing(kind)}>
              {of(kind) === null ? 'Schedule…' : 'Change…'}
              <span className="sr-only"> {titles[kind]}</span>
            </Button>
          ) : null}
        </p>
      ))}
      {editing === null ? null : (
        <Dialog
          open
          onOpenChange={(isOpen) => !isOpen && setEditing(null)}
          title={`${titles[editing]}: ${place.database}`}
          description="It goes on in your name, with the rights that you have when it runs."
        >
          <ScheduleForm
            {...place}
            kind={editing}
            schedule={of(editing)}
            choices={choices}
            onDone={() => setEditing(null)}
          />
        </Dialog>
      )}
    </section>
  );
}

function Said({ schedule }: { schedule: ScheduleEntry | null }) {
  if (schedule === null) return <span className="text-ink-faint">no schedule</span>;
  const [last] = schedule.runs;
  return (
    <span>
      <code className="font-mono text-sm">{schedule.cron}</code> {schedule.time_zone}, next{' '}
      <Time value={schedule.next_at} />
      {schedule.kind === 'backup' && schedule.destination === 's3' ? ', to the object store' : null}
      {last === undefined || last.outcome === 'begun' ? null : (
        <span className="text-warning" title={last.message ?? undefined}>
          {' '}
          · the last run was {last.outcome}
        </span>
      )}
      {last?.job_id ? (
        <Link href={`/jobs/${last.job_id}`} className="ml-2 text-accent underline">
          last run
        </Link>
      ) : null}
    </span>
  );
}
