import Link from 'next/link';
import { ObjectStoreNotice } from '@/components/backups/object-store-notice';
import { StateTable } from '@/components/backups/state-table';
import { buttonStyle } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';
import { lookAtObjectStore } from '@/lib/run-backup-choices';
import { glanceAtBackups } from '@/lib/run-backup-state';

export const metadata = { title: 'State of the backups' };

export default page('read-backups', async (actor) => {
  const { states, away } = await glanceAtBackups(actor);
  return (
    <>
      <PageHeader
        title="State of the backups"
        description="Every database that you may see: its last backup, its last proof, and what is wrong."
        actions={
          <Link href="/backups" className={buttonStyle()}>
            All backups
          </Link>
        }
      />
      <ObjectStoreNotice state={lookAtObjectStore(actor)} />
      <StateTable states={states} away={away} />
    </>
  );
});
