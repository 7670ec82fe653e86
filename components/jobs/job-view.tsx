'use client';

import Link from 'next/link';
import { ErrorState } from '@/components/ui/error-state';
import type { JobEntry } from '@/lib/job-types';
import { encodeName } from '@/lib/names';
import { CancelJob } from './cancel-job';
import { Elapsed, Remaining } from './elapsed';
import { JobFacts } from './job-facts';
import { isOver, JobStatusBadge, jobKindWords } from './job-words';
import { ProgressBar } from './progress-bar';
import { usePolled } from './use-polled';

export type JobViewProps = { job: JobEntry; canCancel: boolean };

/** One job: what it does now, how far it is, what came of it, and the end of its log. Follows it until it is over. */
export function JobView({ job: initial, canCancel }: JobViewProps) {
  const url = `/api/v1/jobs/${initial.id}`;
  const { value: job, problem, refresh } = usePolled(initial, url, ({ status }) => isOver(status));
  return (
    <article className="flex max-w-[920px] flex-col gap-4 p-4">
      <header className="flex flex-wrap items-center gap-2">
        <h1 className="min-w-0 break-words font-semibold text-lg">
          {jobKindWords[job.kind]} {job.kind === 'restore' ? 'into' : 'of'}{' '}
          <span className="font-mono text-base">
            {job.server}/{job.database}
          </span>
        </h1>
        <JobStatusBadge status={job.status} />
        {job.sql === null ? null : (
          <code className="w-full whitespace-pre-wrap font-mono text-ink-soft text-sm [overflow-wrap:anywhere]">
            {job.sql}
          </code>
        )}
      </header>
      {isOver(job.status) ? null : <NowRunning job={job} />}
      <p role="status" className="text-danger empty:hidden">
        {problem}
      </p>
      {canCancel && !isOver(job.status) ? <CancelJob job={job} onCancelled={refresh} /> : null}
      <FileKept job={job} />
      <JobEnd job={job} />
      <JobFacts job={job} />
      <LogTail job={job} />
    </article>
  );
}

function NowRunning({ job }: { job: JobEntry }) {
  return (
    <section aria-label="Progress" className="rounded-lg border border-line bg-surface p-3">
      <ProgressBar
        value={job.status === 'queued' ? 0 : job.progress}
        label={`${jobKindWords[job.kind]} of ${job.database}`}
      />
      <p className="mt-2 flex flex-wrap gap-x-3 text-ink-soft">
        <span className="min-w-0 flex-1 break-words">
          {job.status === 'queued' ? 'Waits for a worker' : (job.activity ?? 'Begins')}
        </span>
        <span>
          <Remaining from={job.started_at ?? job.created_at} progress={job.progress} />
        </span>
        <span>
          <Elapsed from={job.started_at ?? job.created_at} to={null} />
        </span>
      </p>
    </section>
  );
}

const titles = {
  failed: 'This job failed',
  interrupted: 'This job was interrupted',
} as const;

function JobEnd({ job }: { job: JobEntry }) {
  switch (job.status) {
    case 'queued':
    case 'running':
      return null;
    case 'cancelled':
      return <p className="text-ink-soft">{cancelledWords(job)}</p>;
    case 'failed':
    case 'interrupted':
      return <ErrorState title={titles[job.status]} cause={job.message} />;
    case 'succeeded':
      return <Success job={job} />;
    default:
      return job.status satisfies never;
  }
}

function cancelledWords({ kind, has_whole_file }: JobEntry): string {
  if (kind === 'maintenance')
    return 'Somebody cancelled it. A table is as it was; an index that was being built may be left, not valid: see the log.';
  return has_whole_file ? 'Somebody cancelled its sums.' : 'Somebody cancelled it. It left nothing behind.';
}

/** A backup whose job goes on, or ended, after its file was whole. */
function FileKept({ job: { status, has_whole_file, server, database } }: { job: JobEntry }) {
  if (!has_whole_file || status === 'succeeded') return null;
  return (
    <p className="text-ink-soft">
      The backup is whole and kept:{' '}
      <Link
        href={`/s/${encodeName(server)}/${encodeName(database)}/backups`}
        className="text-accent underline"
      >
        see the backups of {database}
      </Link>
      .{' '}
      {isOver(status) ? 'Its sums were not all taken: a proof compares counts.' : 'Its rows are summed now.'}
    </p>
  );
}

function Success({ job }: { job: JobEntry }) {
  const { missing_roles = [], problems = [] } = job.result ?? {};
  return (
    <section aria-label="Result" className="flex flex-col gap-2 text-ink-soft">
      <Done job={job} />
      <Left
        title="These roles are not on this server; what was granted to them or owned by them was left out"
        items={missing_roles}
      />
      <Left title="This could not be done" items={problems} />
    </section>
  );
}

function Done({ job: { kind, server, database } }: { job: JobEntry }) {
  const place = `/s/${encodeName(server)}/${encodeName(database)}`;
  const link = (path: string, words: string) => (
    <Link href={path} className="text-accent underline">
      {words}
    </Link>
  );
  switch (kind) {
    case 'backup':
      return <p>The archive is whole. {link(`${place}/backups`, `See the backups of ${database}`)}</p>;
    case 'restore':
      return <p>The database is there. {link(`${place}/query`, `Open ${database}`)}</p>;
    case 'verify':
      return (
        <p>
          A restore has proven this backup: the copy equals what was backed up.{' '}
          {link(`${place}/backups`, `See the backups of ${database}`)}
        </p>
      );
    case 'expire':
      return (
        <p>What need not be kept was removed. {link(`${place}/backups`, `See the backups of ${database}`)}</p>
      );
    case 'maintenance':
      return <p>It is done. {link(`${place}/health`, `See the health of ${database}`)}</p>;
    case 'wall':
      return <p>The wall was tried. {link(`/s/${encodeName(server)}`, `See ${server}`)}</p>;
    default:
      return kind satisfies never;
  }
}

function Left({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <p className="text-warning">{title}:</p>
      <ul className="mt-1 list-disc pl-5 font-mono text-sm">
        {items.map((item) => (
          <li key={item} className="break-words">
            {item}
          </li>
        ))}
      </ul>
    </div>
  );
}

function LogTail({ job }: { job: JobEntry }) {
  return (
    <section aria-labelledby="log" className="overflow-hidden rounded-lg border border-line bg-surface">
      <h2 id="log" className="flex h-9 items-center border-line border-b px-3 font-medium">
        Log
      </h2>
      {job.log_tail === '' ? (
        <p className="p-3 text-ink-soft">
          {isOver(job.status)
            ? 'There is no log, or it is only for those who work at the owner level here.'
            : 'Nothing yet. The log is for those who work at the owner level here.'}
        </p>
      ) : (
        <LogText text={job.log_tail} />
      )}
    </section>
  );
}

const logStyle = 'max-h-[50vh] overflow-auto whitespace-pre-wrap break-words p-3 font-mono text-sm leading-5';

function LogText({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long log scrolls, so the keyboard must reach it
    <pre tabIndex={0} className={logStyle}>
      {text}
    </pre>
  );
}
