import { BackUpNow } from '@/components/backups/back-up-now';
import { BackupList } from '@/components/backups/backup-list';
import { Checks } from '@/components/backups/checks';
import { NoBackupsHere } from '@/components/backups/no-backups';
import { ObjectStoreNotice } from '@/components/backups/object-store-notice';
import { Schedules } from '@/components/backups/schedules';
import { PageHeader } from '@/components/ui/page-header';
import { backupFilter } from '@/lib/backup-request';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { hasPermission } from '@/lib/permissions';
import { listServersToBackUp } from '@/lib/run-backup';
import { backupChoices, lookAtObjectStore } from '@/lib/run-backup-choices';
import { readChecks } from '@/lib/run-checks';
import { readSchedules } from '@/lib/run-schedules';
import { listBackups } from '@/lib/store/backups';

export const metadata = { title: 'Backups' };

export default page('read-backups', async (actor, { path: { server = '', database = '' }, query }) => {
  const { after, limit } = parse(backupFilter, { after: query.after });
  const [place, choices] = [{ server, database }, backupChoices()];
  const [schedules, checks, ownerOf, backups] = await Promise.all([
    readSchedules(actor, place),
    readChecks(actor, place),
    listServersToBackUp(actor),
    listBackups(actor, { ...place, limit, ...(after === undefined ? {} : { after }) }),
  ]);
  const mayTake = ownerOf.includes(server);
  const canManage = mayTake && hasPermission(actor.role, 'manage-backups');
  return (
    <>
      <PageHeader
        title="Backups"
        description={`Backups of ${database}. A restore proves them.`}
        actions={mayTake && backups.items.length > 0 ? <BackUpNow {...place} choices={choices} /> : null}
      />
      <ObjectStoreNotice state={lookAtObjectStore(actor)} />
      <Schedules {...place} choices={choices} schedules={schedules} canManage={canManage} />
      <Checks {...place} checks={checks} canManage={canManage} />
      <BackupList
        page={backups}
        place={{ kind: 'database', ...place, after: after ?? null }}
        ownerOf={ownerOf}
        canDelete={canManage}
        empty={<NoBackupsHere {...place} choices={choices} mayTake={mayTake} />}
      />
    </>
  );
});
