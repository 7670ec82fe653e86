import { Archive } from 'lucide-react';
import Link from 'next/link';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { BackUpNow, type BackUpNowProps } from './back-up-now';

/** What a database's list says before there is a backup. */
export function NoBackupsHere({ mayTake, ...place }: BackUpNowProps & { mayTake: boolean }) {
  const { database } = place;
  const action = mayTake ? <BackUpNow {...place} /> : null;
  return (
    <EmptyState title={`No backup of ${database} yet`} action={action} icon={<Archive />}>
      {mayTake
        ? 'A backup holds all objects and rows as they are at one moment, and is restored into a new database.'
        : 'A backup appears here when somebody who works at the owner level on this server takes one.'}
    </EmptyState>
  );
}

/** What the list across servers says before there is a backup. */
export function NoBackupsAnywhere() {
  const open = (
    <Link href="/" className={buttonStyle('primary')}>
      Choose a database
    </Link>
  );
  return (
    <EmptyState title="No backups yet" action={open} icon={<Archive />}>
      Backups of all databases that you may see are listed here. One is taken on its database’s own page.
    </EmptyState>
  );
}
