import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POST as count } from '@/app/api/v1/servers/[server]/databases/[database]/relations/[schema]/[relation]/count/route';
import { GET as rows } from '@/app/api/v1/servers/[server]/databases/[database]/relations/[schema]/[relation]/rows/route';
import { GET as relations } from '@/app/api/v1/servers/[server]/databases/[database]/relations/route';
import { openSession } from './store/sessions';
import { actorOf, type Fixture, openFixture } from './testing/fixture';

let fixture: Fixture;
let cookie: string;

beforeAll(async () => {
  fixture = await openFixture(
    'create table notes (id int primary key, "a.b,c" text); insert into notes select i from generate_series(1, 9) i',
  );
  const { userId } = await actorOf('reviewer');
  cookie = `next-auth.session-token=${await openSession(userId, { address: null, userAgent: null })}`;
});
afterAll(() => fixture.close());

async function call(
  handler: typeof rows | typeof count | typeof relations,
  query: string,
  more: { relation?: string; method?: 'POST'; body?: BodyInit } = {},
) {
  const { relation = 'notes', ...init } = more;
  const headers = { cookie, host: 'localhost', origin: 'http://localhost' };
  const params = { server: 'demo', database: fixture.target.name, schema: 'public', relation };
  const request = new NextRequest(`http://localhost/x?${query}`, { ...init, headers });
  const response = await handler(request, { params: Promise.resolve(params) });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

describe('a request', () => {
  test('may give a parameter several times', async () => {
    const { status, body } = await call(rows, 'filter=id.gt.3&filter=id.lt.6&sort=a%252Eb%252Cc,id.desc');
    expect([status, body.rows]).toEqual([
      200,
      [
        ['5', null],
        ['4', null],
      ],
    ]);
    expect((await call(rows, 'filter=id.eq.3')).body.rows).toEqual([['3', null]]);
    expect((await call(relations, 'kind=view&kind=table&schema=public')).body.items).toHaveLength(1);
    expect((await call(rows, 'limit=1&limit=2')).status).toBe(400);
  });

  test('without a body has an empty one, and a count names its run', async () => {
    const empty = await call(count, 'filter=id.lt.4', { method: 'POST' });
    expect([empty.status, empty.body.count]).toEqual([200, '3']);
    expect(empty.headers.get('howdah-query-id')).toBe(empty.body.query_id);
    const given = await call(count, '', { method: 'POST', body: '{"filter":["id.gt.7","id.lt.9"]}' });
    expect(given.body.count).toBe('1');
  });

  test('S36: with NUL, half a character or bytes that are not UTF-8 is refused with a message', async () => {
    const refused = [
      await call(relations, 'q=a%00b'),
      await call(relations, 'q=%ff'),
      await call(relations, 'q=%ed%a0%80'),
      await call(rows, 'filter=id.eq.%00'),
      await call(rows, '', { relation: 'no\0tes' }),
      await call(rows, '', { relation: 'no\ud800tes' }),
      await call(count, '', {
        method: 'POST',
        body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      }),
      await call(count, '', { method: 'POST', body: '{"filter":"a%2' }),
    ];
    for (const { status, body } of refused) {
      expect([status, body.error.code]).toEqual([400, 'invalid']);
      expect(body.error.message).toMatch(/\w/);
    }
  });

  test('that should not be is answered by its status', async () => {
    expect((await call(rows, '', { relation: 'nothing' })).status).toBe(404);
    for (const query of [
      'limit=0',
      'limit=1001',
      'at=2',
      'at=x',
      'sort=',
      'sort=nothing',
      'filter=id.or.1',
      'after=x',
    ]) {
      expect([query, (await call(rows, query)).status]).toEqual([query, 400]);
    }
  });
});
