import { redirect } from 'next/navigation';
import { page } from '@/lib/page';
import { hasPermission } from '@/lib/permissions';

export default page('manage-profile', async ({ role }) =>
  redirect(hasPermission(role, 'manage-users') ? '/settings/users' : '/settings/profile'),
);
