import { ServerSettingsView } from '@/components/server-settings/server-settings-view';
import { PageHeader } from '@/components/ui/page-header';
import { asAppError } from '@/lib/errors';
import { page } from '@/lib/page';
import { readConnectionUse, readServerSettings } from '@/lib/run-servers';
import { readWall } from '@/lib/run-wall';

export const metadata = { title: 'Server settings' };

export default page('manage-servers', async (actor, { path: { server: slug = '' } }) => {
  const [server, report] = await Promise.all([readServerSettings(actor, slug), readWall(actor, slug)]);
  const use = await readConnectionUse(actor, slug).catch((error) => asAppError(error).message);
  return (
    <>
      <PageHeader
        title={server.name}
        description={`${server.host}:${server.port}, ${server.environment}, TLS: ${server.tls_mode}`}
      />
      <ServerSettingsView server={server} report={report} use={use} />
    </>
  );
});
