import { passwordBody } from '@/lib/account-schema';
import { route } from '@/lib/route';
import { changePassword } from '@/lib/run-profile';

/** Changes one's own password; all other sessions end. */
export const POST = route('manage-profile', passwordBody, (actor, { current_password, new_password }) =>
  changePassword(actor, current_password, new_password),
);
