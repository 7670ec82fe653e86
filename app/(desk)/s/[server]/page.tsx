import { ServerList } from '@/components/servers/server-list';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';
import { glanceAtServer } from '@/lib/run-catalog';

export const metadata = { title: 'Server' };

export default page('browse', async (actor, { path: { server: slug = '' } }) => {
  const glance = await glanceAtServer(actor, slug);
  return (
    <>
      <PageHeader title={glance.server.name} description="The databases of this server." />
      <ServerList servers={[glance]} />
    </>
  );
});
