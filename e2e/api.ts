import type { APIRequestContext, APIResponse } from '@playwright/test';
import { settings } from './fixtures';

/** What the API asks of whoever changes something by cookie. */
export const sameOrigin = { origin: settings.baseUrl };

type Level = 'read' | 'write' | 'owner';
export type RunInput = { sql: string; database?: string; level?: Level; confirm?: string };

export type Run = {
  id: string;
  script_id: string;
  kind: string;
  user: string;
  database: string;
  level: Level;
  sql: string;
  status: string;
  rows: number | null;
  message: string | null;
};

/** Posts a script to a database of the server `demo`; resolves when the answer is complete. */
export function postQuery(
  request: APIRequestContext,
  { database = 'blog', ...body }: RunInput,
  headers: Record<string, string> = sameOrigin,
): Promise<APIResponse> {
  return request.post(`/api/v1/servers/demo/databases/${database}/queries`, { data: body, headers });
}

/** The newest runs whose SQL holds a text. */
export async function findRuns(request: APIRequestContext, text: string): Promise<Run[]> {
  const answer = await request.get('/api/v1/history', { params: { q: text } });
  return ((await answer.json()) as { items: Run[] }).items;
}

/** Asks to cancel a run by its id, or a script by its own. */
export function deleteQuery(request: APIRequestContext, id: string): Promise<APIResponse> {
  return request.delete(`/api/v1/queries/${id}`, { headers: sameOrigin });
}
