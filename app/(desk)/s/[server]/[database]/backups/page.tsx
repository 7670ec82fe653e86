import { BackUpNow } from '@/components/backups/back-up-now';
import { BackupList } from '@/components/backups/backup-list';
import { NoBackupsHere } from '@/components/backups/no-backups';
import { Schedules } from '@/components/backups/schedules';
import { PageHeader } from '@/components/ui/page-header';
import { backupFilter } from '@/lib/backup-request';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { hasPermission } from '@/lib/permissions';
import { listServersToBackUp } from '@/lib/run-backup';
import { readSchedules } from '@/lib/run-schedules';
import { listBackups } from '@/lib/store/backups';
import { findServer } from '@/lib/store/servers';

export const metadata = { title: 'Backups' };

export default page('read-backups', async (actor, { path: { server = '', database = '' }, query }) => {
  const { after, limit } = parse(backupFilter, { after: query.after });
  await findServer(actor, server);
  const [backups, ownerOf, schedules] = await Promise.all([
    listBackups(actor, { server, database, limit, ...(after === undefined ? {} : { after }) }),
    listServersToBackUp(actor),
    readSchedules(actor, { server, database }),
  ]);
  const mayTake = ownerOf.includes(server);
  return (
    <>
      <PageHeader
        title="Backups"
        description={`Backups of ${database}. A restore proves them.`}
        actions={
          mayTake && backups.items.length > 0 ? <BackUpNow server={server} database={database} /> : null
        }
      />
      <Schedules
        server={server}
        database={database}
        schedules={schedules}
        canManage={mayTake && hasPermission(actor.role, 'manage-backups')}
      />
      <BackupList
        page={backups}
        place={{ kind: 'database', server, database, after: after ?? null }}
        ownerOf={ownerOf}
        empty={<NoBackupsHere server={server} database={database} mayTake={mayTake} />}
      />
    </>
  );
});
