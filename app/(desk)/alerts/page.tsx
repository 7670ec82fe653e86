import { AlertList } from '@/components/backups/alert-list';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';
import { listAlerts } from '@/lib/store/alerts';

export const metadata = { title: 'Alerts' };

export default page('read-backups', async (actor) => {
  const { items } = await listAlerts(actor, 200);
  return (
    <>
      <PageHeader
        title="Alerts"
        description="What is wrong with backups: failed, late, missing, not proven."
      />
      <AlertList alerts={items} />
    </>
  );
});
