import { ServerList } from '@/components/servers/server-list';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';
import { glanceAtServers } from '@/lib/run-catalog';

export const metadata = { title: 'Servers' };

export default page('browse', async (actor) => (
  <>
    <PageHeader
      title="Servers"
      description="The PostgreSQL servers that you may open, and their databases."
    />
    <ServerList servers={await glanceAtServers(actor)} />
  </>
));
