import { PageHeader } from '@/components/ui/page-header';
import { RetryWall } from '@/components/wall/retry-wall';
import { WallView } from '@/components/wall/wall-view';
import { page } from '@/lib/page';
import { hasPermission } from '@/lib/permissions';
import { readWall } from '@/lib/run-wall';

export const metadata = { title: 'Wall' };

export default page('read-wall', async (actor, { path: { server = '' } }) => (
  <>
    <PageHeader
      title={`The wall of ${server}`}
      description="What PostgreSQL itself lets each level do here, tried as the login roles of the levels."
      actions={hasPermission(actor.role, 'manage-servers') ? <RetryWall server={server} /> : undefined}
    />
    <WallView report={await readWall(actor, server)} />
  </>
));
