import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GET as exported } from '@/app/api/v1/audit/export/route';
import { GET as audit } from '@/app/api/v1/audit/route';
import { GET as history } from '@/app/api/v1/history/route';
import { POST as enrol } from '@/app/api/v1/servers/route';
import type { AuditEntry } from './audit-types';
import { audited, recordEvent, systemDoer } from './audited';
import { AppError } from './errors';
import { cancelQuery } from './run-cancel';
import { startScript } from './run-query';
import { listAudit } from './store/audit-list';
import { openSession } from './store/sessions';
import { actorOf, type Fixture, openFixture, requestOf, runAll } from './testing/fixture';

let fixture: Fixture;

beforeAll(async () => {
  fixture = await openFixture('create table notes (id int)');
});
afterAll(() => fixture.close());

const event = { action: 'settings.change', subject: { kind: 'setting', name: 'colour' } } as const;

async function newest(filter: Partial<Parameters<typeof listAudit>[0]> = {}): Promise<AuditEntry> {
  const { items } = await listAudit({ limit: 1, ...filter });
  if (items[0] === undefined) throw new Error('nothing was recorded');
  return items[0];
}

/** Asks a door as a browser does, with the session of a user of this role. */
async function call(
  door: typeof audit | typeof enrol,
  role: 'admin' | 'reviewer',
  query = '',
  body?: object,
) {
  const origin = { address: '192.0.2.7', userAgent: 'a test' };
  const token = await openSession((await actorOf(role)).userId, origin);
  const request = new NextRequest(`http://localhost/api/v1/x?${query}`, {
    headers: {
      cookie: `next-auth.session-token=${token}`,
      host: 'localhost',
      origin: 'http://localhost',
      'x-forwarded-for': '203.0.113.9, 192.0.2.7',
      'user-agent': 'a test',
    },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return door(request, { params: Promise.resolve({}) });
}

describe('work', () => {
  test('has a row before it begins and its end after it, as one event', async () => {
    const actor = await actorOf('admin');
    await audited(actor, { ...event, detail: { from: 'red' } }, async (note) => {
      expect(await newest()).toMatchObject({ action: 'settings.change', user: 'admin', ended_at: null });
      note({ to: 'blue' });
    });
    expect(await newest()).toMatchObject({
      kind: 'user',
      result: 'succeeded',
      via: 'session',
      subject: 'colour',
      detail: { from: 'red', to: 'blue' },
    });
  });

  test('that fails or is refused is recorded with its code, and its error goes on', async () => {
    const actor = await actorOf('developer');
    const failing = audited(actor, event, async () => {
      throw new AppError('conflict', 'It is blue already.');
    });
    await expect(failing).rejects.toThrow('blue already');
    expect(await newest()).toMatchObject({ result: 'failed', error_code: 'conflict' });
    const refused = audited(actor, event, async () => {
      throw new AppError('forbidden', 'Not yours.');
    });
    await expect(refused).rejects.toThrow('Not yours');
    expect(await newest()).toMatchObject({ result: 'refused', error_code: 'forbidden' });
  });

  test('S49: is not begun while the audit log cannot be written', async () => {
    let isDone = false;
    await fixture.onStore.query('begin; lock table audit_log');
    try {
      const work = audited(await actorOf('admin'), event, async () => {
        isDone = true;
      });
      await expect(work).rejects.toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining('nothing was done'),
      });
    } finally {
      await fixture.onStore.query('rollback');
    }
    expect(isDone).toBe(false);
  });

  test('whose process died over it reads unknown, never succeeded', async () => {
    const actor = await actorOf('admin');
    await fixture.onStore.query('update instances set stopped_at = now()');
    await audited(actor, event, async () => {
      expect(await newest()).toMatchObject({ result: 'unknown' });
    });
    await fixture.onStore.query('update instances set stopped_at = null');
  });

  test('of Howdah itself is a system event', async () => {
    await recordEvent(systemDoer('scheduler'), { ...event, action: 'wall.sync' }, { result: 'succeeded' });
    expect(await newest()).toMatchObject({ kind: 'system', user: 'howdah', via: 'scheduler' });
  });

  test('S46: holds no secret in its detail', async () => {
    const detail = {
      password: 'canary-1',
      url: 'postgresql://me:canary-2@host/db',
      deep: [{ api_key: 'canary-3', token: 'canary-4', schema: 'public' }],
      slug: 'demo',
    };
    await audited(await actorOf('admin'), { ...event, detail }, async () => undefined);
    const { rows } = await fixture.onStore.query(
      "select detail::text as t from audit_log where detail ? 'slug'",
    );
    expect(rows).toHaveLength(2);
    for (const { t } of rows) expect(t).not.toContain('canary');
    expect(await newest()).toMatchObject({ detail: { slug: 'demo', deep: [{ schema: 'public' }] } });
  });
});

describe('a door', () => {
  test('S03: records who was refused, where, and from which address, and does nothing', async () => {
    const answer = await call(enrol, 'reviewer', '', { slug: 'x' });
    expect(answer.status).toBe(403);
    expect(await newest()).toMatchObject({
      kind: 'security',
      action: 'access.refuse',
      result: 'refused',
      user: 'reviewer',
      subject: 'POST /api/v1/x',
      address: '192.0.2.7',
      user_agent: 'a test',
    });
  });

  test('S52: records once who reads what others ran, and not who reads their own', async () => {
    await runAll('reviewer', requestOf(fixture, 'select 1'));
    const reads = async () => (await listAudit({ action: 'history.read', limit: 50 })).items.length;
    await call(history, 'admin', 'user=admin');
    expect(await reads()).toBe(0);
    await call(history, 'admin', 'user=reviewer');
    await call(history, 'admin', 'user=reviewer&status=failed');
    expect(await newest({ action: 'history.read' })).toMatchObject({ user: 'admin', subject: 'reviewer' });
    expect(await reads()).toBe(1);
    await call(history, 'admin');
    expect(await reads()).toBe(2);
  });

  test('answers the log to admins alone, filtered and by the page', async () => {
    expect((await call(audit, 'reviewer')).status).toBe(403);
    const security = await (await call(audit, 'admin', 'kind=security&user=reviewer&limit=1')).json();
    expect(security.items[0]).toMatchObject({ kind: 'security', user: 'reviewer', action: 'access.refuse' });
    const next = await (
      await call(audit, 'admin', `kind=security&user=reviewer&limit=1&after=${security.next}`)
    ).json();
    expect(next.items[0]?.id < security.items[0].id).toBe(true);
    const found = await (await call(audit, 'admin', 'q=blue&action=settings.change')).json();
    expect(found.items.length).toBeGreaterThan(0);
    expect((await call(audit, 'admin', 'from=2999-01-01')).status).toBe(200);
    expect((await call(audit, 'admin', 'action=nothing')).status).toBe(400);
  });

  test('gives the whole of it as a file, and records that', async () => {
    const csv = await (await call(exported, 'admin', 'user=admin')).text();
    expect(csv.split('\r\n')[0]).toMatch(/^at,ended_at,kind,action/);
    expect(csv).toContain('audit.export');
    const lines = (await (await call(exported, 'admin', 'format=ndjson')).text()).trim().split('\n');
    const all = lines.map((line) => JSON.parse(line) as AuditEntry);
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    expect(all[0]).toMatchObject({ action: 'audit.export', detail: { format: 'ndjson' } });
  });
});

test("ending another's run is recorded, ending one's own is not", async () => {
  const run = async (role: 'developer' | 'admin') => {
    const { events, id } = await startScript(
      await actorOf(role),
      requestOf(fixture, 'select pg_sleep(30)'),
      new AbortController().signal,
    );
    await events.next();
    return { id, rest: events };
  };
  const own = await run('admin');
  await cancelQuery(await actorOf('admin'), own.id);
  for await (const _ of own.rest);
  expect((await listAudit({ action: 'query.cancel', limit: 9 })).items).toEqual([]);
  const other = await run('developer');
  await cancelQuery(await actorOf('admin'), other.id);
  for await (const _ of other.rest);
  expect(await newest({ action: 'query.cancel' })).toMatchObject({ user: 'admin', subject: other.id });
});
