import { z } from 'zod';
import { apiKeyBody } from '@/lib/account-schema';
import { route } from '@/lib/route';
import { listKeys, makeKey } from '@/lib/run-api-keys';

/** One's own keys; an admin sees everybody's. */
export const GET = route('manage-api-keys', z.object({}), async (actor) => ({
  items: await listKeys(actor),
  next: null,
}));

/** Makes a key of one's own; `key` is shown here and never again. */
export const POST = route('manage-api-keys', apiKeyBody, (actor, { expires_in_days: days, ...rest }) =>
  makeKey(actor, { ...rest, days }),
);
