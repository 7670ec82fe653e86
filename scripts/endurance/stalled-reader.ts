import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { signIn } from '../api-client';
import type { Stack } from '../stack';
import { memoryMb } from '../usage';

const path = '/api/v1/servers/demo/databases/blog/queries';
const sql = "select repeat('x', 1000) from posts a, posts b limit 20000000";

/** What a reader that stops reading costs. */
export type StallReport = {
  /** Megabytes that the app grew by between the second and the tenth second. */
  grownMb: number;
  /** What the backend waits for meanwhile. */
  waitEvent: string | null;
  /** Seconds until the run was cancelled. */
  cancelledAfter: number;
  /** How the history says it ended. */
  status: string;
};

/** Opens a result of 20 GB, reads its beginning, then nothing; watches the app and the backend for 75 s. */
export async function stallReader(stack: Stack): Promise<StallReport> {
  const client = await signIn(stack.url, 'developer', stack.password);
  const observer = new pg.Client({ connectionString: stack.serverUrl });
  await observer.connect();
  const response = await client.request('POST', path, { sql });
  response.on('error', () => undefined);
  await new Promise((resolve) => response.once('readable', resolve));
  try {
    const started = performance.now();
    await sleep(2_000);
    const before = memoryMb(stack.app().pid);
    await sleep(8_000);
    const grownMb = memoryMb(stack.app().pid) - before;
    const waitEvent = (await backendOf(observer))?.wait_event ?? null;
    while ((await backendOf(observer)) !== undefined && performance.now() - started < 75_000)
      await sleep(500);
    const cancelledAfter = Math.round((performance.now() - started) / 1000);
    response.destroy();
    await sleep(1_000);
    const { text } = await client.text('GET', '/api/v1/history?q=from%20posts%20a%2C%20posts%20b&limit=1');
    const status = (JSON.parse(text) as { items: { status: string }[] }).items[0]?.status ?? 'absent';
    return { grownMb, waitEvent, cancelledAfter, status };
  } finally {
    response.destroy();
    client.close();
    await observer.end();
  }
}

async function backendOf(observer: pg.Client): Promise<{ wait_event: string | null } | undefined> {
  const { rows } = await observer.query<{ wait_event: string | null }>(
    "select wait_event from pg_stat_activity where query = $1 and state = 'active' and application_name like 'howdah:%'",
    [sql],
  );
  return rows[0];
}
