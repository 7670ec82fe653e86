import { JobList } from '@/components/jobs/job-list';
import { PageHeader } from '@/components/ui/page-header';
import { jobFilter } from '@/lib/backup-request';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { listJobs } from '@/lib/store/jobs';

export const metadata = { title: 'Jobs' };

export default page('read-jobs', async (actor, { query }) => {
  const filter = parse(jobFilter, query);
  const { status = null, after = null } = filter;
  return (
    <>
      <PageHeader title="Jobs" description="Work that takes longer than a request, and what came of it." />
      <JobList page={await listJobs(actor, filter)} status={status} after={after} />
    </>
  );
});
