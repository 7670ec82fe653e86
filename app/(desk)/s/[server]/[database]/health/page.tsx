import { HealthView } from '@/components/database-health/health-view';
import { MaintenanceButton } from '@/components/maintenance/maintenance-button';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';
import { readDatabaseHealth } from '@/lib/run-database-health';
import { whereToMaintain } from '@/lib/run-maintenance';

export const metadata = { title: 'Health' };

export default page('read-activity', async (actor, { path: { server = '', database = '' } }) => {
  const place = { server, database };
  const [health, maintained] = await Promise.all([
    readDatabaseHealth(actor, place),
    whereToMaintain(actor, server),
  ]);
  return (
    <>
      <PageHeader
        title="Health"
        description={`How ${database} does, as PostgreSQL itself counts.`}
        actions={
          maintained === null ? null : (
            <MaintenanceButton place={place} environment={maintained} subject={null} />
          )
        }
      />
      <HealthView place={place} health={health} maintained={maintained} />
    </>
  );
});
