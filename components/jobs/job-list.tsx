'use client';

import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { buttonStyle } from '@/components/ui/button';
import type { Column } from '@/components/ui/column-heads';
import { EmptyState } from '@/components/ui/empty-state';
import { ListTable } from '@/components/ui/list-table';
import { Paging } from '@/components/ui/paging';
import { Time } from '@/components/ui/time';
import type { Page } from '@/lib/api-types';
import type { JobEntry, JobStatus } from '@/lib/job-types';
import { Elapsed } from './elapsed';
import { isOver, JobStatusBadge, jobKindWords, jobStatusWords } from './job-words';
import { ProgressBar } from './progress-bar';
import { usePolled } from './use-polled';

export type JobListProps = { page: Page<JobEntry>; status: JobStatus | null; after: string | null };

/** Every long work, newest first; it follows those that run. */
export function JobList({ page, status, after }: JobListProps) {
  const url = `/api/v1/jobs?${query({ status, after })}`;
  const { value, problem } = usePolled(page, url, (jobs) => jobs.items.every((job) => isOver(job.status)));
  return (
    <>
      <StatusFilter current={status} />
      <p role="status" className="px-4 py-1 text-danger empty:hidden">
        {problem}
      </p>
      {value.items.length === 0 ? (
        <NoJobs status={status} after={after} />
      ) : (
        <ListTable caption="Jobs, newest first" columns={columns}>
          {value.items.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </ListTable>
      )}
      <Paging
        newest={after === null ? null : `/jobs?${query({ status, after: null })}`}
        older={value.next === null ? null : `/jobs?${query({ status, after: value.next })}`}
        olderWords="Older jobs"
      />
    </>
  );
}

function query(filter: { status: string | null; after: string | null }): string {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== null);
  return new URLSearchParams(given).toString();
}

function StatusFilter({ current }: { current: JobStatus | null }) {
  const all = [
    ['All', null] as const,
    ...Object.entries(jobStatusWords).map(([key, word]) => [word, key] as const),
  ];
  return (
    <nav aria-label="Status" className="flex flex-wrap gap-1 border-line border-y bg-surface px-3 py-1.5">
      {all.map(([word, status]) => (
        <Link
          key={word}
          href={status === null ? '/jobs' : `/jobs?status=${status}`}
          aria-current={status === current ? 'true' : undefined}
          className="rounded-md px-2 py-1 text-ink-soft hover:bg-hover hover:text-ink aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-ink"
        >
          {word}
        </Link>
      ))}
    </nav>
  );
}

const columns = [
  { name: 'Status', width: '104px' },
  { name: 'Kind', width: '76px', from: 'md' },
  { name: 'Server / database' },
  { name: 'Progress', width: '20%', from: 'md' },
  { name: 'User', width: '88px', from: 'lg' },
  { name: 'Begun', width: '160px', from: 'md' },
  { name: 'Took', width: '84px', isNumber: true, from: 'md' },
] as const satisfies readonly Column[];

function JobRow({ job }: { job: JobEntry }) {
  return (
    <tr className="relative h-7 border-line border-b focus-within:bg-accent-soft hover:bg-hover [&>td]:truncate [&>td]:px-2 [&>td:first-child]:pl-4 [&>td:last-child]:pr-4">
      <td className="max-md:py-1.5 max-md:align-top">
        <JobStatusBadge status={job.status} />
      </td>
      <td className="text-ink-soft max-md:hidden">{jobKindWords[job.kind]}</td>
      <td className="max-md:py-1.5">
        <Link
          href={`/jobs/${job.id}`}
          className="font-mono text-sm outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
        >
          {job.server}
          <span className="text-ink-faint">/</span>
          {job.database}
        </Link>
        <span className="block text-ink-soft text-sm md:hidden">
          {jobKindWords[job.kind]} · <Time value={job.created_at} />
        </span>
      </td>
      <td className="max-md:hidden" title={job.message ?? job.activity ?? undefined}>
        {isOver(job.status) ? (
          <span className="text-ink-soft">{job.message}</span>
        ) : (
          <ProgressBar value={job.progress} label={`${jobKindWords[job.kind]} of ${job.database}`} />
        )}
      </td>
      <td className="max-lg:hidden">{job.user}</td>
      <td className="text-ink-soft max-md:hidden">
        <Time value={job.started_at ?? job.created_at} />
      </td>
      <td className="text-right max-md:hidden">
        {job.started_at === null ? null : <Elapsed from={job.started_at} to={job.finished_at} />}
      </td>
    </tr>
  );
}

function NoJobs({ status, after }: { status: JobStatus | null; after: string | null }) {
  if (after !== null) return <EmptyState title="No older jobs">This is the end of the list.</EmptyState>;
  if (status !== null) {
    const all = (
      <Link href="/jobs" className={buttonStyle()}>
        Show all jobs
      </Link>
    );
    return (
      <EmptyState
        title={`No job is ${jobStatusWords[status].toLowerCase()}`}
        action={all}
        icon={<ListChecks />}
      />
    );
  }
  const open = (
    <Link href="/backups" className={buttonStyle('primary')}>
      Go to the backups
    </Link>
  );
  return (
    <EmptyState title="No jobs yet" action={open} icon={<ListChecks />}>
      Work that takes longer than a request, such as a backup or a restore, runs as a job and is listed here
      with its progress and its log.
    </EmptyState>
  );
}
