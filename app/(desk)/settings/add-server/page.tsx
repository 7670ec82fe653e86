import { EnrolForm } from '@/components/server-settings/enrol-form';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';

export const metadata = { title: 'Add a server' };

export default page('manage-servers', async () => (
  <>
    <PageHeader
      title="Add a server"
      description="Howdah makes a login role for reading and one for writing there, and tries what PostgreSQL lets them do."
    />
    <EnrolForm />
  </>
));
