import { openRoute } from '@/lib/route';

/** Says that the process answers, whatever its store does: for a supervisor that restarts dead processes. */
export const GET = openRoute(async () => Response.json({ status: 'alive' }));
