import { z } from 'zod';
import { inviteBody } from '@/lib/account-schema';
import { route } from '@/lib/route';
import { inviteUser } from '@/lib/run-users';
import { listUsers } from '@/lib/store/user-list';

export const GET = route('manage-users', z.object({}), async () => ({
  items: await listUsers(),
  next: null,
}));

/** Makes a user, and the one-time link by which they choose a password; it is shown here and never again. */
export const POST = route('manage-users', inviteBody, (actor, body) => inviteUser(actor, body));
