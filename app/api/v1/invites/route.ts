import { z } from 'zod';
import { route } from '@/lib/route';
import { listLinks } from '@/lib/store/one-time-links';

/** The one-time links that can still be used, without their tokens. */
export const GET = route('manage-users', z.object({}), async () => ({
  items: await listLinks(),
  next: null,
}));
