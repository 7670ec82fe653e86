import { userId } from '@/lib/account-schema';
import { route } from '@/lib/route';
import { linkForPassword } from '@/lib/run-users';

/** A one-time link to choose a password with; the one before is void. */
export const POST = route('manage-users', userId, (actor, { id }) => linkForPassword(actor, id));
