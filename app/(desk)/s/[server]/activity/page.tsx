import { ActivityView } from '@/components/activity/activity-view';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';
import { readBackends } from '@/lib/run-activity';

export const metadata = { title: 'Activity' };

export default page('read-activity', async (actor, { path: { server = '' } }) => (
  <>
    <PageHeader title={`Activity on ${server}`} description="Its backends, and who waits for whom." />
    <ActivityView server={server} initial={await readBackends(actor, server)} />
  </>
));
