import Link from 'next/link';
import { ServerTable } from '@/components/server-settings/server-table';
import { buttonStyle } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';
import { listServerSettings } from '@/lib/run-servers';

export const metadata = { title: 'Servers' };

export default page('manage-servers', async (actor) => (
  <>
    <PageHeader
      title="Servers"
      description="The PostgreSQL servers that Howdah works on, and what holds on each."
      actions={
        <Link href="/settings/add-server" className={buttonStyle('primary')}>
          Add a server
        </Link>
      }
    />
    <ServerTable servers={await listServerSettings(actor)} />
  </>
));
