import { type APIRequestContext, expect } from '@playwright/test';
import { sameOrigin } from './api';

/** Takes a backup of a database and answers the id of its job, when that is over. */
export async function backUp(request: APIRequestContext, database: string): Promise<string> {
  const path = `/api/v1/servers/demo/databases/${database}/backups`;
  const answer = await request.post(path, { data: {}, headers: sameOrigin });
  const { job_id } = (await answer.json()) as { job_id: string };
  const status = async () => (await (await request.get(`/api/v1/jobs/${job_id}`)).json()).status;
  await expect.poll(status, { timeout: 60_000 }).toBe('succeeded');
  return job_id;
}
