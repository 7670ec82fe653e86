import { userChange, userId } from '@/lib/account-schema';
import { route } from '@/lib/route';
import { changeUser } from '@/lib/run-users';
import { findUser } from '@/lib/store/user-list';

export const GET = route('manage-users', userId, (_actor, { id }) => findUser(id));

/** Changes what is given. Refused (409) where no admin would be left. */
export const PATCH = route('manage-users', userChange, (actor, { id, disabled, ...change }) =>
  changeUser(actor, id, { ...change, ...(disabled === undefined ? {} : { isDisabled: disabled }) }),
);
