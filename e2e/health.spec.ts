import { expect, settings, test } from './fixtures';

type Health = { status: string; database: string; response_time_ms: number };
type Info = { engine: string; host: string; port: number; name: string; user: string };
type FullHealth = Health & { connection_info: Info; servers: (Health & { slug: string })[] };

/** No text of a URL that opens a door. */
function expectNoSecrets(text: string): void {
  const secrets = [settings.serverUrl, settings.storeUrl].map((url) => new URL(url).password);
  for (const secret of [settings.password, ...secrets]) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/password|secret|postgres(ql)?:\/\//i);
}

test('anybody learns whether it works, and nothing else', async ({ request }) => {
  const answer = await request.get('/api/health');
  expect(answer.status()).toBe(200);
  expect(answer.headers()['cache-control']).toBe('private, no-store');
  const health = (await answer.json()) as Health;
  expect(health).toEqual({
    status: 'healthy',
    database: 'connected',
    response_time_ms: expect.any(Number),
  });
  expect(health.response_time_ms).toBeGreaterThan(0);
});

test('the process says that it lives', async ({ request }) => {
  const answer = await request.get('/api/health/live');
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({ status: 'alive' });
});

test('who is signed in learns where the store is and how each server does', async ({ reviewer }) => {
  const answer = await reviewer.request.get('/api/health');
  const health = (await answer.json()) as FullHealth;
  expect(Object.keys(health).sort()).toEqual([
    'connection_info',
    'database',
    'response_time_ms',
    'servers',
    'status',
  ]);
  expect(Object.keys(health.connection_info).sort()).toEqual(['engine', 'host', 'name', 'port', 'user']);
  expect(health.connection_info.engine).toBe('postgresql');
  expect(health.servers).toEqual([
    expect.objectContaining({ slug: 'demo', status: 'healthy', database: 'connected' }),
  ]);
  expectNoSecrets(await answer.text());
});

test('one server says how it does', async ({ reviewer }) => {
  const answer = await reviewer.request.get('/api/v1/servers/demo/health');
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({
    status: 'healthy',
    database: 'connected',
    response_time_ms: expect.any(Number),
    connection_info: { engine: 'postgresql' },
  });
  expectNoSecrets(await answer.text());
});
