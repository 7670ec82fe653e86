import { ServerList } from '@/components/servers/server-list';
import { PageHeader } from '@/components/ui/page-header';
import { WallSummary } from '@/components/wall/wall-summary';
import { page } from '@/lib/page';
import { hasPermission } from '@/lib/permissions';
import { glanceAtServer } from '@/lib/run-catalog';
import { readWall } from '@/lib/run-wall';

export const metadata = { title: 'Server' };

export default page('browse', async (actor, { path: { server: slug = '' } }) => {
  const [glance, report] = await Promise.all([glanceAtServer(actor, slug), readWall(actor, slug)]);
  return (
    <>
      <PageHeader title={glance.server.name} description="The databases of this server." />
      <WallSummary server={slug} report={report} isOpen={hasPermission(actor.role, 'read-wall')} />
      <ServerList servers={[glance]} />
    </>
  );
});
