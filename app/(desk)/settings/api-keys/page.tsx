import { KeyList } from '@/components/api-keys/key-list';
import { MakeKey } from '@/components/api-keys/make-key';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';
import { hasPermission } from '@/lib/permissions';
import { listKeys } from '@/lib/run-api-keys';
import { listServers } from '@/lib/store/servers';

export const metadata = { title: 'API keys' };

export default page('manage-api-keys', async (actor) => {
  const [keys, servers] = await Promise.all([listKeys(actor), listServers(actor)]);
  return (
    <>
      <PageHeader
        title="API keys"
        description="What scripts send instead of a session. GET /api/v1/openapi.json describes the API."
        actions={<MakeKey role={actor.role} servers={servers.map(({ slug, name }) => ({ slug, name }))} />}
      />
      <KeyList keys={keys} hasUsers={hasPermission(actor.role, 'manage-any-api-key')} />
    </>
  );
});
