'use client';

import Link from 'next/link';
import { isOver, JobStatusBadge } from '@/components/jobs/job-words';
import { ProgressBar } from '@/components/jobs/progress-bar';
import { Badge } from '@/components/ui/badge';
import { formatBytes } from '@/components/ui/format';
import { Time } from '@/components/ui/time';
import type { BackupEntry } from '@/lib/job-types';
import { encodeName } from '@/lib/names';
import { BackupActions, type BackupActionsProps } from './backup-actions';
import { BackupProven } from './backup-proven';

export type BackupRowProps = BackupActionsProps & { hasDatabase: boolean; canRestore: boolean };

/** One backup: what of, when, how far, how big, whether a restore has proven it, and what can be done with it. */
export function BackupRow({ backup, hasDatabase, canRestore, ...actions }: BackupRowProps) {
  return (
    <tr className="h-9 border-line border-b hover:bg-hover [&>td]:truncate [&>td]:px-2 [&>td:first-child]:pl-4 [&>td:last-child]:pr-4">
      {hasDatabase ? (
        <td className="max-md:hidden">
          <DatabaseLink backup={backup} />
        </td>
      ) : null}
      <td className="max-md:py-1.5 max-md:pl-4!">
        <Link href={`/jobs/${backup.job_id}`} className="hover:underline">
          <Time value={backup.created_at} />
        </Link>
        <span className="block text-ink-soft text-sm md:hidden">
          {hasDatabase ? <DatabaseLink backup={backup} /> : null}{' '}
          {backup.size_bytes === null ? null : formatBytes(backup.size_bytes)}
          {backup.is_summing ? ' · summing its rows' : null}{' '}
          <span className="inline-flex gap-1">
            <Kind backup={backup} />
          </span>
        </span>
      </td>
      <td>
        <Status backup={backup} />
      </td>
      <td className="text-right max-md:hidden">
        {backup.size_bytes === null ? <None /> : formatBytes(backup.size_bytes)}
      </td>
      <td className="text-ink-soft max-md:hidden">
        {backup.status === 'succeeded' ? <BackupProven backup={backup} /> : <None />}
      </td>
      <td className="max-xl:hidden">{backup.user}</td>
      <td className="text-right">
        {canRestore && backup.status === 'succeeded' && backup.expired_at === null ? (
          <BackupActions backup={backup} {...actions} />
        ) : null}
      </td>
    </tr>
  );
}

function DatabaseLink({ backup }: { backup: BackupEntry }) {
  return (
    <Link
      href={`/s/${encodeName(backup.server)}/${encodeName(backup.database)}/backups`}
      className="font-mono text-sm hover:underline"
      title={`${backup.server}/${backup.database}`}
    >
      {backup.server}
      <span className="text-ink-faint">/</span>
      {backup.database}
    </Link>
  );
}

function Status({ backup }: { backup: BackupEntry }) {
  if (!isOver(backup.status)) {
    return (
      <Link href={`/jobs/${backup.job_id}`} className="block" title={backup.activity ?? undefined}>
        <ProgressBar
          value={backup.status === 'queued' ? 0 : backup.progress}
          label={`Backup of ${backup.database}`}
        />
        <span className="block truncate text-ink-soft text-sm max-md:hidden">
          {backup.status === 'queued' ? 'Waits for a worker' : (backup.activity ?? 'Begins')}
        </span>
      </Link>
    );
  }
  return (
    <span className="flex items-center gap-2">
      <JobStatusBadge status={backup.status} />
      <NotKept backup={backup} />
      <span className="flex min-w-0 items-center gap-2 max-md:hidden">
        <Kind backup={backup} />
      </span>
      {backup.is_summing ? <Summing backup={backup} /> : null}
      {backup.message === null ? null : (
        <Link
          href={`/jobs/${backup.job_id}`}
          title={backup.message}
          className="min-w-0 truncate text-ink-soft hover:underline max-md:hidden"
        >
          {backup.message}
        </Link>
      )}
    </span>
  );
}

/** Says of a backup without a file why it has none. */
function NotKept({ backup: { expired_at, deleted_by } }: { backup: BackupEntry }) {
  if (expired_at === null) return null;
  if (deleted_by === null) return <Badge title="Its schedule keeps it no longer.">Expired</Badge>;
  return <Badge title={`${deleted_by} deleted its file.`}>Deleted</Badge>;
}

/** The backup is good; what its job does now makes its proof stronger. */
function Summing({ backup }: { backup: BackupEntry }) {
  return (
    <Link
      href={`/jobs/${backup.job_id}`}
      title={backup.activity ?? undefined}
      className="min-w-0 truncate text-ink-soft text-sm hover:underline max-md:hidden"
    >
      Summing its rows…
    </Link>
  );
}

/** What tells a backup from others: that its file is gone, where it lies, and what it holds. */
function Kind({ backup }: { backup: BackupEntry }) {
  const words = kindWords(backup);
  return (
    <>
      {backup.missing_at === null ? null : (
        <Badge tone="danger" title="Its file is not where it was put. Take a new backup.">
          Gone
        </Badge>
      )}
      {backup.destination === 's3' ? <Badge title="Its file is in the object store.">S3</Badge> : null}
      {words === '' ? null : <span className="truncate text-ink-soft text-sm">{words}</span>}
    </>
  );
}

function None() {
  return <span className="text-ink-faint">–</span>;
}

/** What a backup is that is not a whole database's archive by one job. */
function kindWords({ format, contents, relations, jobs }: BackupEntry): string {
  const byJobs = jobs === 1 ? 'directory' : `by ${jobs} jobs`;
  const shape = { custom: null, directory: byJobs, plain: 'script' }[format];
  const held = { all: null, schema: 'definitions', data: 'rows', globals: 'roles' }[contents];
  const tables =
    relations === null ? null : relations.length === 1 ? '1 table' : `${relations.length} tables`;
  return [shape, held, tables].filter((word) => word !== null).join(', ');
}
