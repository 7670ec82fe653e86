import { PageHeader } from '@/components/ui/page-header';
import { InviteUser } from '@/components/users/invite-user';
import { OpenLinks } from '@/components/users/open-links';
import { UserList } from '@/components/users/user-list';
import { page } from '@/lib/page';
import { listLinks } from '@/lib/store/one-time-links';
import { listGrantableServers, listUsers } from '@/lib/store/user-list';

export const metadata = { title: 'Users' };

export default page('manage-users', async () => {
  const [users, servers, links] = await Promise.all([listUsers(), listGrantableServers(), listLinks()]);
  return (
    <>
      <PageHeader
        title="Users"
        description="Who may sign in, and what they may do on which server."
        actions={<InviteUser servers={servers} />}
      />
      <UserList users={users} />
      <OpenLinks links={links} />
    </>
  );
});
