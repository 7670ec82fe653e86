import type pg from 'pg';
import type { ApiClient } from '../api-client';

const queries = '/api/v1/servers/demo/databases/blog/queries';

/** A way in which somebody uses Howdah; `neither` while it is not known yet, or answers something else. */
export type Way = { name: string; state(): Promise<'open' | 'closed' | 'neither'> };

type Person = {
  /** Of two instances, and the person's session on each. */
  urls: readonly [string, string];
  clients: readonly [ApiClient, ApiClient];
  /** A superuser of the server, to see what runs there. */
  target: pg.Client;
  /** Stands in each statement. */
  mark: string;
  /** What the person is answered once they are out. */
  status: number;
};

/** Every way in which an admin is at work on the second instance, and their session on the first. */
export async function openWays({ urls, clients, target, mark, status }: Person): Promise<Way[]> {
  const [first, second] = clients;
  const { text } = await second.text('POST', '/api/v1/api-keys', { name: mark });
  const headers = { authorization: `Bearer ${(JSON.parse(text) as { key: string }).key}` };
  const byKey = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${urls[1]}${path}`, { ...init, headers });
    // Read to its end: what is not holds up the orderly stop of the instance.
    await response.arrayBuffer();
    return response;
  };
  const answers = (name: string, ask: () => Promise<{ status: number }>): Way => ({
    name,
    state: async () => stateOf((await ask()).status, status),
  });
  const run = (word: string) => ({ sql: `select pg_sleep(60), '${mark} ${word}'`, level: 'write' });
  void second.text('POST', queries, run('by session')).catch(() => undefined);
  void byKey(queries, { method: 'POST', body: JSON.stringify(run('by key')) }).catch(() => undefined);
  return [
    answers('a page', () => second.text('GET', '/settings/users')),
    answers('the API', () => second.text('GET', '/api/v1/audit?limit=1')),
    answers('the API of the other instance', () => first.text('GET', '/api/v1/audit?limit=1')),
    answers('an API key', () => byKey('/api/v1/audit?limit=1')),
    sleeper('a running statement', target, `${mark} by session`),
    sleeper('a running statement of a key', target, `${mark} by key`),
    await stream(second, mark),
  ];
}

function stateOf(status: number, refused: number): 'open' | 'closed' | 'neither' {
  if (status === 200) return 'open';
  return status === refused ? 'closed' : 'neither';
}

function sleeper(name: string, target: pg.Client, text: string): Way {
  return {
    name,
    async state() {
      const { rowCount } = await target.query(
        `select from pg_stat_activity where state = 'active' and query like '%' || $1 || '%' and pid <> pg_backend_pid()`,
        [text],
      );
      return rowCount === 0 ? 'closed' : 'open';
    },
  };
}

/** A result that flows: open while its rows come, closed when it ended with an error. */
async function stream(client: ApiClient, mark: string): Promise<Way> {
  // PostgreSQL sends its rows by 8 kB: each is one of them.
  const sql = `select pg_sleep(0.05), repeat('x', 8192), '${mark}' from generate_series(1, 100000)`;
  const response = await client.request('POST', queries, { sql, level: 'write' });
  let text = '';
  let isOver = false;
  response.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  response.once('close', () => {
    isOver = true;
  });
  return {
    name: 'an open stream',
    async state() {
      if (!isOver) return text.includes('"rows"') ? 'open' : 'neither';
      return text.trim().split('\n').at(-1)?.includes('"type":"error"') ? 'closed' : 'neither';
    },
  };
}
