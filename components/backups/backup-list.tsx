'use client';

import { Archive } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { callApi } from '@/components/jobs/call-api';
import { isOver } from '@/components/jobs/job-words';
import { usePolled } from '@/components/jobs/use-polled';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Paging } from '@/components/ui/paging';
import type { Page } from '@/lib/api-types';
import type { BackupEntry } from '@/lib/job-types';
import { type BackupPlace, backupsPath, backupsQuery } from './backup-place';
import { BackupRow } from './backup-row';
import { CommandsDialog } from './commands-dialog';
import { DeleteDialog } from './delete-dialog';
import { RestoreDialog } from './restore-dialog';
import { VerifyDialog } from './verify-dialog';

export type BackupListProps = {
  page: Page<BackupEntry>;
  /** One database, or all servers with the filter that is in the URL. */
  place: BackupPlace;
  /** Slugs of the servers where the viewer may download and restore. */
  ownerOf: readonly string[];
  /** Whether the viewer may delete there, too. */
  canDelete: boolean;
  /** Stands in the list's place when there is no backup at all. */
  empty: ReactNode;
};

/** What somebody wants to do with a backup. */
type Asked = { what: 'restore' | 'verify' | 'commands' | 'delete'; backup: BackupEntry };

/** Backups, newest first: it follows those that are being taken, and asks what is to be done with one. */
export function BackupList({ page, place, ownerOf, canDelete, empty }: BackupListProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const verify = useVerify();
  const url = `/api/v1/backups?${backupsQuery(place, place.after)}`;
  const { value, problem, refresh } = usePolled(page, url, (backups) =>
    backups.items.every(({ status, is_summing }) => isOver(status) && !is_summing),
  );
  const close = () => setAsked(null);
  const closeAndRefresh = async () => {
    close();
    await refresh();
  };
  const asks = (what: Asked['what'], backup: BackupEntry) => () => setAsked({ what, backup });
  return (
    <>
      <p role="status" className="px-4 py-1 text-danger empty:hidden">
        {refused ?? problem}
      </p>
      {value.items.length === 0 ? (
        <NoBackups place={place}>{empty}</NoBackups>
      ) : (
        <Table hasDatabase={place.kind === 'house'}>
          {value.items.map((backup) => (
            <BackupRow
              key={backup.id}
              backup={backup}
              hasDatabase={place.kind === 'house'}
              canRestore={ownerOf.includes(backup.server)}
              onRestore={asks('restore', backup)}
              onVerify={async () => setRefused(await verify(backup))}
              onVerifyElsewhere={ownerOf.length > 1 ? asks('verify', backup) : null}
              onCommands={asks('commands', backup)}
              onDelete={canDelete ? asks('delete', backup) : null}
            />
          ))}
        </Table>
      )}
      <Paging
        newest={place.after === null ? null : backupsPath(place, null)}
        older={value.next === null ? null : backupsPath(place, value.next)}
        olderWords="Older backups"
      />
      {asked?.what === 'commands' ? <CommandsDialog backup={asked.backup} onClose={close} /> : null}
      {asked?.what === 'verify' ? (
        <VerifyDialog
          backup={asked.backup}
          servers={ownerOf}
          onVerify={(server) => verify(asked.backup, server)}
          onClose={close}
        />
      ) : null}
      {asked?.what === 'restore' ? <RestoreDialog backup={asked.backup} onClose={close} /> : null}
      {asked?.what === 'delete' ? (
        <DeleteDialog backup={asked.backup} onDeleted={closeAndRefresh} onClose={close} />
      ) : null}
    </>
  );
}

/** Begins to prove a backup and leads to the job; answers why it was refused. */
function useVerify() {
  const router = useRouter();
  return async ({ id }: BackupEntry, server?: string): Promise<string | null> => {
    const called = await callApi<{ job_id: string }>('POST', `/api/v1/backups/${id}/verify`, { server });
    if (called.answer !== null) router.push(`/jobs/${called.answer.job_id}`);
    return called.problem;
  };
}

function Table({ hasDatabase, children }: { hasDatabase: boolean; children: ReactNode }) {
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">Backups, newest first</caption>
      <thead>
        <tr className="h-7 border-line border-y text-left text-ink-faint text-sm [&>th]:px-2 [&>th]:font-medium [&>th:first-child]:pl-4 [&>th:last-child]:pr-4">
          {hasDatabase ? (
            <th scope="col" className="max-md:hidden">
              Server / database
            </th>
          ) : null}
          <th scope="col" className="w-[176px] max-md:w-auto max-md:pl-4!">
            Taken
          </th>
          <th scope="col" className="max-md:w-[112px]">
            Status
          </th>
          <th scope="col" className="w-[80px] text-right max-md:hidden">
            Size
          </th>
          <th scope="col" className="w-[128px] max-md:hidden">
            Verified
          </th>
          <th scope="col" className="w-[88px] max-xl:hidden">
            User
          </th>
          <th scope="col" className="w-[328px] text-right max-md:w-[60px]">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function NoBackups({ place, children }: { place: BackupPlace; children: ReactNode }) {
  if (place.after !== null)
    return <EmptyState title="No older backups">This is the end of the list.</EmptyState>;
  if (place.kind === 'house' && (place.server !== null || place.database !== null)) {
    const all = (
      <Link href="/backups" className={buttonStyle()}>
        Clear the filter
      </Link>
    );
    return <EmptyState title="No backup matches this filter" action={all} icon={<Archive />} />;
  }
  return children;
}
