import { JobView } from '@/components/jobs/job-view';
import { page } from '@/lib/page';
import { hasPermission } from '@/lib/permissions';
import { findJob } from '@/lib/store/jobs';

export const metadata = { title: 'Job' };

export default page('read-jobs', async (actor, { path: { id = '' } }) => {
  const { user_id, ...job } = await findJob(actor, id);
  const isOwn = user_id === actor.userId && hasPermission(actor.role, 'cancel-job');
  return <JobView job={job} canCancel={isOwn || hasPermission(actor.role, 'cancel-any-job')} />;
});
