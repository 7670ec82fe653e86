import { z } from 'zod';
import { token } from '@/lib/account-schema';
import { tokenRoute } from '@/lib/route';
import { readLink } from '@/lib/run-links';

/** Whom a one-time link is for. By POST, so that the token stands in no log. */
export const POST = tokenRoute(z.object({ token }), (input, origin) => readLink(input.token, origin));
