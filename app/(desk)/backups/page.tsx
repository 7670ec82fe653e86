import Link from 'next/link';
import { BackupFilter } from '@/components/backups/backup-filter';
import { BackupList } from '@/components/backups/backup-list';
import { NoBackupsAnywhere } from '@/components/backups/no-backups';
import { ObjectStoreNotice } from '@/components/backups/object-store-notice';
import { buttonStyle } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { backupFilter } from '@/lib/backup-request';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { hasPermission } from '@/lib/permissions';
import { listServersToBackUp } from '@/lib/run-backup';
import { lookAtObjectStore } from '@/lib/run-backup-choices';
import { listBackups } from '@/lib/store/backups';
import { listServers } from '@/lib/store/servers';

export const metadata = { title: 'Backups' };

export default page('read-backups', async (actor, { query }) => {
  const filter = parse(backupFilter, query);
  const [backups, servers] = await Promise.all([listBackups(actor, filter), listServers(actor)]);
  const { server = null, database = null, after = null } = filter;
  return (
    <>
      <PageHeader
        title="Backups"
        description="The backups of all databases that you may see."
        actions={
          <Link href="/backups/state" className={buttonStyle()}>
            State of every database
          </Link>
        }
      />
      <ObjectStoreNotice state={lookAtObjectStore(actor)} />
      <BackupFilter
        servers={servers.map(({ slug, name }) => ({ slug, name }))}
        server={server}
        database={database}
      />
      <BackupList
        page={backups}
        place={{ kind: 'house', server, database, after }}
        ownerOf={await listServersToBackUp(actor)}
        canDelete={hasPermission(actor.role, 'manage-backups')}
        empty={<NoBackupsAnywhere />}
      />
    </>
  );
});
