'use client';

import { Download, EllipsisVertical, RotateCcw, ShieldCheck, SquareTerminal } from 'lucide-react';
import Link from 'next/link';
import { isOver, JobStatusBadge } from '@/components/jobs/job-words';
import { ProgressBar } from '@/components/jobs/progress-bar';
import { Badge } from '@/components/ui/badge';
import { Button, buttonStyle, IconButton } from '@/components/ui/button';
import { formatBytes } from '@/components/ui/format';
import { Menu, MenuItem } from '@/components/ui/menu';
import { Time } from '@/components/ui/time';
import type { BackupEntry } from '@/lib/job-types';
import { encodeName } from '@/lib/names';
import { BackupProven } from './backup-proven';

export type BackupRowProps = {
  backup: BackupEntry;
  hasDatabase: boolean;
  canRestore: boolean;
  onRestore: () => void;
  onVerify: () => void;
  /** Null where there is no other server that the viewer may restore on. */
  onVerifyElsewhere: (() => void) | null;
  onCommands: () => void;
};

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
          {backup.is_summing ? ' · summing its rows' : null}
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
          <Actions backup={backup} {...actions} />
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
      {backup.expired_at === null ? null : <Badge title="Its schedule keeps it no longer.">Expired</Badge>}
      {backup.is_summing ? <Summing backup={backup} /> : null}
      {isWhole(backup) ? null : <span className="truncate text-ink-soft text-sm">{kindWords(backup)}</span>}
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

type ActionsProps = Omit<BackupRowProps, 'hasDatabase' | 'canRestore'>;

function Actions({ backup, onRestore, onVerify, onVerifyElsewhere, onCommands }: ActionsProps) {
  const file = `/api/v1/backups/${backup.id}/file`;
  const isRestorable = backup.contents === 'all' || backup.contents === 'schema';
  return (
    <span className="inline-flex gap-1">
      <span className="inline-flex gap-1 max-md:hidden">
        <a href={file} download className={buttonStyle('ghost', 'small')}>
          <Download aria-hidden />
          Download
        </a>
        {isRestorable ? (
          <Button variant="ghost" size="small" onClick={onVerify}>
            <ShieldCheck aria-hidden />
            Verify
          </Button>
        ) : null}
        {isRestorable ? (
          <Button size="small" onClick={onRestore}>
            <RotateCcw aria-hidden />
            Restore…
          </Button>
        ) : null}
      </span>
      <Menu
        align="end"
        trigger={
          <IconButton label={`Actions for the backup of ${backup.database}`} size="small">
            <EllipsisVertical aria-hidden />
          </IconButton>
        }
      >
        {isRestorable ? (
          <MenuItem onSelect={onRestore}>
            <RotateCcw aria-hidden />
            Restore…
          </MenuItem>
        ) : null}
        {isRestorable ? (
          <MenuItem onSelect={onVerify}>
            <ShieldCheck aria-hidden />
            Verify
          </MenuItem>
        ) : null}
        {isRestorable && onVerifyElsewhere !== null ? (
          <MenuItem onSelect={onVerifyElsewhere}>
            <ShieldCheck aria-hidden />
            Verify on another server…
          </MenuItem>
        ) : null}
        <MenuItem asChild>
          <a href={file} download>
            <Download aria-hidden />
            Download
          </a>
        </MenuItem>
        <MenuItem onSelect={onCommands}>
          <SquareTerminal aria-hidden />
          Commands…
        </MenuItem>
      </Menu>
    </span>
  );
}

function None() {
  return <span className="text-ink-faint">–</span>;
}

function isWhole({ format, contents, relations }: BackupEntry): boolean {
  return format === 'custom' && contents === 'all' && relations === null;
}

/** What a backup is that is not a whole database's archive. */
function kindWords({ format, contents, relations }: BackupEntry): string {
  const held = { all: null, schema: 'definitions', data: 'rows', globals: 'roles' }[contents];
  const tables =
    relations === null ? null : relations.length === 1 ? '1 table' : `${relations.length} tables`;
  return [format === 'plain' ? 'script' : null, held, tables].filter((word) => word !== null).join(', ');
}
