import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POST as postExport } from '@/app/api/v1/servers/[server]/databases/[database]/export/route';
import { POST as postQuery } from '@/app/api/v1/servers/[server]/databases/[database]/queries/route';
import type { ErrorBody, QueryEvent } from '../query-event';
import { openSession } from '../store/sessions';
import { type Attacked, openAttacked } from '../testing/attacked';
import { attacks } from '../testing/attacks';
import { actorOf, until } from '../testing/fixture';

let attacked: Attacked;
const cookies: Record<string, string> = {};
const roles = ['reviewer', 'developer'] as const;
type Role = (typeof roles)[number];

beforeAll(async () => {
  attacked = await openAttacked();
  for (const role of roles) {
    const { userId } = await actorOf(role);
    cookies[role] =
      `next-auth.session-token=${await openSession(userId, { address: null, userAgent: null })}`;
  }
});
afterAll(() => attacked.close());

/** Posts to the API as a browser of this role would, and answers the status with the whole body. */
async function post(role: Role, handler: typeof postQuery, body: object) {
  const headers = { cookie: cookies[role] ?? '', host: 'localhost', origin: 'http://localhost' };
  const request = new NextRequest('http://localhost/x', {
    method: 'POST',
    body: JSON.stringify(body),
    headers,
  });
  const params = { server: 'demo', database: attacked.fixture.target.name };
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text().catch((error: Error) => `broken off: ${error.message}`);
  return { status: response.status, text };
}

/** What came of a text: `done`, or what refused it. */
type Way = (role: Role, sql: string) => Promise<string>;

const query =
  (more: object, wrap = (sql: string) => sql): Way =>
  async (role, sql) => {
    const { status, text } = await post(role, postQuery, { sql: wrap(sql), ...more });
    if (status !== 200) return codeOf(JSON.parse(text));
    const events = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as QueryEvent);
    const failed = events.find((event) => event.type === 'error');
    return failed === undefined ? 'done' : codeOf({ error: failed.error });
  };

const exported =
  (more: object): Way =>
  async (role, sql) => {
    const { status, text } = await post(role, postExport, { sql, ...more });
    if (status !== 200) return codeOf(JSON.parse(text));
    return text.startsWith('broken off') ? text : 'done';
  };

function codeOf({ error }: { error: ErrorBody }): string {
  return error.sqlstate ?? error.code;
}

const ways: Record<string, Way> = {
  'the editor': query({ kind: 'editor' }),
  'the API': query({ kind: 'api', transaction: 'script' }),
  'a dry run': query({ dry_run: true }),
  EXPLAIN: query({ kind: 'editor' }, (sql) => `explain (analyze, format json) ${sql}`),
  'export as CSV': exported({ format: 'csv' }),
  'export as JSON': exported({ format: 'json' }),
  'export as INSERTs': exported({ format: 'sql' }),
};

const cases = [...new Set(attacks.map((attack) => attack.case))];

describe.each(Object.entries(ways))('through %s', (_, way) => {
  test('S16, S19: the frame alone holds, where the role does not begin read-only by itself', async () => {
    const { onTarget } = attacked.fixture;
    const begin = async (mode: 'on' | 'off') => {
      await onTarget.query(`alter role howdah_read set default_transaction_read_only = ${mode}`);
      await onTarget.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'howdah_read'",
      );
      await until('it answers anew', async () => (await way('reviewer', 'select 1')) === 'done');
    };
    await begin('off');
    const ends: string[] = [];
    for (const { sql } of attacks.filter(({ case: name, held }) => name === 'S19' && held === 'postgres')) {
      ends.push(await way('reviewer', sql));
    }
    await begin('on');
    expect(ends).toEqual(ends.map(() => expect.stringMatching(/^(25006|25001|0A000|invalid|42601)$/)));
    await attacked.expectUnharmed();
  });

  test('what may be read is read', async () => {
    for (const role of roles) expect(await way(role, 'select * from t.rows')).toBe('done');
  });

  test.each(cases)(
    '%s: nobody at the read level gets further than PostgreSQL and the check let them',
    async (name) => {
      for (const { sql, held } of attacks.filter((attack) => attack.case === name)) {
        for (const role of roles) {
          const end = await way(role, attacked.fill(sql));
          if (held === 'check') expect(end, `${role}: ${sql}`).toMatch(/^(invalid|42601)$/);
          if (name === 'S24') expect(end, `${role}: ${sql}`).not.toBe('done');
        }
      }
      await attacked.expectUnharmed();
    },
  );
});
