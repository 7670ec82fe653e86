import { userId } from '@/lib/account-schema';
import { route } from '@/lib/route';
import { endSessionsOf } from '@/lib/run-users';
import { listSessions } from '@/lib/store/sessions';
import { findUser } from '@/lib/store/user-list';

/** The living sessions of a user. */
export const GET = route('manage-users', userId, async (actor, { id }) => ({
  items: await listSessions((await findUser(id)).id, actor.sessionId),
  next: null,
}));

/** Ends all of them but the one that asks. */
export const DELETE = route('manage-users', userId, (actor, { id }) => endSessionsOf(actor, id, null));
