import { uncached } from '@/lib/answer-headers';
import { openRoute } from '@/lib/route';
import { readHealth } from '@/lib/run-health';

/** Healthy, degraded or unhealthy (503). Who is signed in also learns where the store is and how each server does. */
export const GET = openRoute(async (request) => {
  const health = await readHealth(request);
  return Response.json(health, {
    status: health.status === 'unhealthy' ? 503 : 200,
    headers: uncached,
  });
});
