import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type ApiClient, signIn } from '../api-client';
import type { Stack } from '../stack';
import type { App } from '../stack/app';
import { openWays, type Way } from './ways-in';

const password = 'a password of a passer-by';

/** How long a way may take to open or close, in milliseconds: twice the five seconds that are promised, on a busy machine. */
const patienceMs = 10_000;

/** `seconds`: how long it took until the last way was closed. */
export type ShutOut = { seconds: number; problems: string[] };

/**
 * An admin works on a second instance by page, API, key, running statements and an open stream, and is disabled through the
 * first; another one is demoted. Answers what stayed open.
 */
export async function shutOut(stack: Stack, other: App): Promise<ShutOut> {
  const admin = await signIn(stack.url, 'admin', stack.password);
  const target = new pg.Client({ connectionString: stack.serverUrl });
  await target.connect();
  try {
    const fall = { admin, target, urls: [stack.url, other.url] as const };
    const disabled = await watch({ ...fall, change: { disabled: true }, status: 401 });
    const demoted = await watch({ ...fall, change: { role: 'reviewer' }, status: 403 });
    const problems = [...disabled.problems, ...demoted.problems];
    return { seconds: Math.max(disabled.seconds, demoted.seconds), problems };
  } finally {
    await target.end();
    admin.close();
  }
}

type Fall = {
  admin: ApiClient;
  target: pg.Client;
  /** Of the first instance, which is told of the change, and of the second. */
  urls: readonly [string, string];
  change: object;
  /** What whoever fell is answered from then on. */
  status: number;
};

async function watch({ admin, target, urls, change, status }: Fall): Promise<ShutOut> {
  const username = `passer-${randomUUID().slice(0, 8)}`;
  const id = await makeAdmin(urls[0], admin, username);
  const clients = [
    await signIn(urls[0], username, password),
    await signIn(urls[1], username, password),
  ] as const;
  const mark = randomUUID();
  try {
    const ways = await openWays({ urls, clients, target, mark, status });
    const problems: string[] = [];
    for (const way of ways) {
      if (!(await becomes(way, 'open'))) problems.push(`${way.name}: was never open`);
    }
    await send(admin, 'PATCH', `/api/v1/users/${id}`, change);
    const began = performance.now();
    const closed = await Promise.all(ways.map((way) => becomes(way, 'closed')));
    const seconds = (performance.now() - began) / 1000;
    const open = ways.filter((_, index) => !closed[index]);
    problems.push(
      ...open.map(({ name }) => `${name}: open ${seconds.toFixed(0)} s after ${JSON.stringify(change)}`),
    );
    problems.push(...(await unrecorded(admin, mark)));
    return { seconds, problems };
  } finally {
    for (const client of clients) client.close();
  }
}

async function becomes(way: Way, wanted: 'open' | 'closed'): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while ((await way.state()) !== wanted) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

/** What the history says of the three statements, where it is not that each was cancelled. */
async function unrecorded(admin: ApiClient, mark: string): Promise<string[]> {
  const path = `/api/v1/history?q=${mark}`;
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { items } = await send<{ items: { status: string }[] }>(admin, 'GET', path);
    const ends = items.map(({ status }) => status).join(', ');
    if (ends === 'cancelled, cancelled, cancelled') return [];
    if (performance.now() > deadline) return [`the history says of the three statements: ${ends}`];
    await sleep(50);
  }
}

/** A user who may do everything, made by invitation. Answers their id. */
async function makeAdmin(url: string, admin: ApiClient, username: string): Promise<string> {
  const servers = [{ server: 'demo', level: 'owner' }];
  const invited = { username, role: 'admin', servers };
  const { user, link } = await send<{ user: { id: string }; link: { path: string } }>(
    admin,
    'POST',
    '/api/v1/users',
    invited,
  );
  const body = JSON.stringify({ token: link.path.split('#')[1], password });
  const accepted = await fetch(`${url}/api/v1/invites/accept`, { method: 'POST', body });
  if (!accepted.ok) throw new Error(`${username} could not accept: ${await accepted.text()}`);
  return user.id;
}

async function send<T>(client: ApiClient, method: string, path: string, body?: object): Promise<T> {
  const { status, text } = await client.text(method, path, body);
  if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
  return JSON.parse(text) as T;
}
