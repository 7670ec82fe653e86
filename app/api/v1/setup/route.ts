import { setUpBody } from '@/lib/account-schema';
import { tokenRoute } from '@/lib/route';
import { setUp } from '@/lib/run-set-up';
import { isSetUpDue } from '@/lib/store/set-up';

/** Makes the first admin with the token that the console has shown; 404 once there is a user. */
export const POST = tokenRoute(setUpBody, (request, origin) => setUp(request, origin), isSetUpDue);
