import { acceptBody } from '@/lib/account-schema';
import { tokenRoute } from '@/lib/route';
import { acceptLink } from '@/lib/run-links';

/** Sets the password of whom a one-time link is for; all their sessions end. */
export const POST = tokenRoute(acceptBody, async ({ token, password }, origin) => ({
  username: await acceptLink(token, password, origin),
}));
