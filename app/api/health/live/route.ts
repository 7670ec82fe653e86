import { openRoute } from '@/lib/route';

const alive = async () => Response.json({ status: 'alive' });

/** Says that the process answers, whatever its store does: for a supervisor that restarts dead processes. */
export const GET = openRoute(alive);

/** The same for a supervisor that posts; `npm run bench` takes it for a handler that does nothing. */
export const POST = openRoute(alive);
