import Link from 'next/link';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Time } from '@/components/ui/time';
import type { JobEntry } from '@/lib/job-types';
import { encodeName } from '@/lib/names';
import { Elapsed } from './elapsed';

/** What is known about a job beside its progress. */
export function JobFacts({ job }: { job: JobEntry }) {
  const place = `/s/${encodeName(job.server)}/${encodeName(job.database)}/backups`;
  return (
    <section aria-label="Facts">
      <dl className="grid grid-cols-[104px_1fr] overflow-hidden rounded-lg border border-line bg-surface px-3 py-1.5 lg:grid-cols-[104px_1fr_104px_1fr]">
        <Fact name="User">{job.user}</Fact>
        <Fact name="Database">
          <Link href={place} className="font-mono text-sm hover:underline">
            {job.server}/{job.database}
          </Link>
        </Fact>
        <Fact name="Asked for">
          <Time value={job.created_at} />
        </Fact>
        <Fact name="Begun">{job.started_at ? <Time value={job.started_at} /> : null}</Fact>
        <Fact name="Over">{job.finished_at ? <Time value={job.finished_at} /> : null}</Fact>
        <Fact name="Took">
          {job.started_at ? <Elapsed from={job.started_at} to={job.finished_at} /> : null}
        </Fact>
        <Fact name="Job">
          <Id text={job.id} label="Copy the job's id" />
        </Fact>
        <Fact name="Backup">
          {job.backup_id ? <Id text={job.backup_id} label="Copy the backup's id" /> : null}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="py-1 text-ink-soft">{name}</dt>
      <dd className="min-w-0 break-words py-1">{children ?? <span className="text-ink-faint">–</span>}</dd>
    </>
  );
}

function Id({ text, label }: { text: string; label: string }) {
  return (
    <span className="flex items-center gap-1 font-mono text-sm">
      <span className="break-all">{text}</span>
      <CopyButton text={text} label={label} className="-my-1" />
    </span>
  );
}
