import { z } from 'zod';
import { profileChange } from '@/lib/account-schema';
import { route } from '@/lib/route';
import { changeProfile } from '@/lib/run-profile';
import { findProfile } from '@/lib/store/profiles';

export const GET = route('manage-profile', z.object({}), ({ userId }) => findProfile(userId));

/** Changes what is given. */
export const PATCH = route('manage-profile', profileChange, (actor, change) => changeProfile(actor, change));
