import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { UserRole } from '../api-types';
import { AppError } from '../errors';
import type { QueryEvent } from '../query-event';
import { type Attacked, openAttacked } from '../testing/attacked';
import { type Attack, attacks } from '../testing/attacks';
import { type Fixture, requestOf, runAll, until } from '../testing/fixture';
import { connectAsReader, runRaw } from '../testing/raw-role';

let attacked: Attacked;
let fixture: Fixture;

beforeAll(async () => {
  attacked = await openAttacked();
  fixture = attacked.fixture;
});
afterAll(() => attacked.close());

const expectUnharmed = () => attacked.expectUnharmed();
const fill = (sql: string, pid?: number) => attacked.fill(sql, pid);

/** The codes that a run ended with: that of a refusal, or of each statement, `done` where it went through. */
async function runInApp(role: UserRole, sql: string, more = {}): Promise<string[]> {
  try {
    return ends(await runAll(role, requestOf(fixture, sql, more)));
  } catch (error) {
    if (error instanceof AppError) return [error.code];
    throw error;
  }
}

function ends(events: QueryEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type === 'error') return [event.error.sqlstate ?? event.error.code];
    return event.type === 'done' ? ['done'] : [];
  });
}

const cases = [...new Set(attacks.map((attack) => attack.case))];
const of = (name: string, held: Attack['held']) =>
  attacks.filter((attack) => attack.case === name && attack.held === held).map(({ sql }) => sql);

describe.each(cases)('%s at the read level', (name) => {
  const refused = of(name, 'check');

  test('the app refuses what its check can tell, in every way that it may come, and records no run of it', async () => {
    const recorded = async () => {
      const sql = `select count(*)::int as n from query_history h
        left join query_outcome o on o.history_id = h.id where o.sqlstate is distinct from '42601'`;
      return (await fixture.onStore.query<{ n: number }>(sql)).rows[0]?.n;
    };
    const runs = await recorded();
    for (const sql of refused.map((text) => fill(text))) {
      expect(await runInApp('reviewer', sql, { kind: 'editor' }), sql).toEqual(['invalid']);
      expect(await runInApp('developer', sql), sql).toEqual(['invalid']);
      expect(await runInApp('reviewer', `select 1; ${sql}`), sql).toEqual(['invalid']);
      expect(await runInApp('reviewer', sql, { transaction: 'script' }), sql).toEqual(['invalid']);
      const explained = await runInApp('reviewer', `explain analyze ${sql}`);
      expect(explained[0], sql).toMatch(/^(invalid|42601)$/);
    }
    expect(await recorded()).toBe(runs);
    await expectUnharmed();
  });

  test('the raw role without the check changes nothing either', async () => {
    const plain = attacks.filter((attack) => attack.case === name && attack.residue === undefined);
    for (const { sql } of plain) await runRaw(fixture, fill(sql));
    await expectUnharmed();
  });
});

describe.each(cases.filter((name) => of(name, 'postgres').length > 0))('%s at the read level', (name) => {
  test('PostgreSQL refuses or undoes what the app sends', async () => {
    for (const sql of of(name, 'postgres').map((text) => fill(text))) {
      for (const text of [sql, `${sql}; ${sql}`, `explain analyze ${sql.replace(/^explain analyze /, '')}`]) {
        const [end] = await runInApp('reviewer', text);
        if (name === 'S24') expect(end, text).toMatch(/^(42501|42601)$/);
        await runInApp('developer', text, { transaction: 'script' });
      }
      await expectUnharmed();
    }
  });
});

describe('what design E2 leaves to the raw role, and the check does not', () => {
  beforeEach(async () => expectUnharmed());

  test('S23: it may end a session of its own role, and of no other', async () => {
    const own = await connectAsReader(fixture);
    const pid = Number((await own.query('select pg_backend_pid() as pid')).rows[0].pid);
    const sql = attacks.find(({ residue }) => residue === 'terminate')?.sql ?? '';
    expect(await runInApp('reviewer', fill(sql, pid))).toEqual(['invalid']);
    expect((await own.query('select 1 as alive')).rows).toEqual([{ alive: 1 }]);
    expect(await runRaw(fixture, fill(sql, pid))).toContain('done');
    await expect(own.query('select 1')).rejects.toThrow();
    const other = (await fixture.onTarget.query('select pg_backend_pid() as pid')).rows[0].pid;
    expect(await runRaw(fixture, fill(sql, other))).toEqual(['42501', '42501']);
    await own.end().catch(() => undefined);
  });

  test('S23: it may write to the WAL what nobody reads', async () => {
    const sql = attacks.find(({ residue }) => residue === 'wal')?.sql ?? '';
    expect(await runInApp('reviewer', sql)).toEqual(['invalid']);
    expect(await runRaw(fixture, sql)).toContain('done');
  });

  test('S21: it may try to connect elsewhere', async () => {
    const sql = attacks.find(({ residue }) => residue === 'connect')?.sql ?? '';
    expect(await runInApp('reviewer', sql)).toEqual(['invalid']);
    expect(await runRaw(fixture, sql)).toEqual(['08001', '08001']);
  });
});

test('S16, S19: the frame alone holds, where the role does not begin read-only by itself', async () => {
  const end = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'howdah_read'";
  await fixture.onTarget.query('alter role howdah_read set default_transaction_read_only = off');
  await fixture.onTarget.query(end);
  await until('it answers anew', async () => (await runInApp('reviewer', 'select 1'))[0] === 'done');
  for (const sql of of('S19', 'postgres')) {
    expect((await runInApp('reviewer', sql))[0], sql).toMatch(/^(25006|25001|0A000)$/);
  }
  await fixture.onTarget.query('alter role howdah_read set default_transaction_read_only = on');
  await fixture.onTarget.query(end);
  await expectUnharmed();
});

test("S24: another role's statements in pg_stat_activity are closed", async () => {
  await fixture.onTarget.query("select 'CANARY of another role'");
  const sql = `select query from pg_stat_activity where pid = ${(await fixture.onTarget.query('select pg_backend_pid() as pid')).rows[0].pid}`;
  const events = await runAll('reviewer', requestOf(fixture, sql));
  expect(JSON.stringify(events)).toContain('<insufficient privilege>');
  const raw = await connectAsReader(fixture);
  expect((await raw.query(sql)).rows).toEqual([{ query: '<insufficient privilege>' }]);
  await raw.end();
});

test('S16: a sequence of runs gets no further than one', async () => {
  for (const sql of [
    'set transaction read write',
    'set default_transaction_read_only = off',
    'commit',
    'begin read write',
    'delete from t.rows',
  ]) {
    await runInApp('reviewer', sql);
    await runRaw(fixture, sql);
  }
  const events = await runAll('reviewer', requestOf(fixture, 'show transaction_read_only'));
  expect(JSON.stringify(events)).toContain('["on"]');
  await expectUnharmed();
});

test('S18: the session user is always that of the level', async () => {
  const events = await runAll('reviewer', requestOf(fixture, 'select session_user, current_user'));
  expect(JSON.stringify(events)).toContain('["howdah_read","howdah_read"]');
});
