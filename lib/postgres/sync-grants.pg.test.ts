import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServer } from '@/scripts/embedded/test-database';
import { type Fixture, openFixture } from '../testing/fixture';
import { maskedColumns, maskedSql } from '../testing/masked';
import type { DatabaseChoice, GrantsReport } from '../wall-types';
import { syncGrants } from './sync-grants';
import { parseServerUrl } from './url';

let fixture: Fixture;
let choice: DatabaseChoice;
let first: GrantsReport;

const roles = { read: 'howdah_read', write: 'howdah_write' };

beforeAll(async () => {
  fixture = await openFixture(maskedSql);
  choice = { database: fixture.target.name, schemas: ['m'], masks: maskedColumns };
  first = await sync();
});
afterAll(() => fixture.close());

function sync(): Promise<GrantsReport> {
  return syncGrants({ ...parseServerUrl(testServer()), database: fixture.target.name }, roles, choice);
}

/** Asks as a level's role, by PostgreSQL's own privileges alone. Answers the rows as text, or the SQLSTATE. */
async function as(role: string, sql: string): Promise<string> {
  await fixture.onTarget.query(`begin; set local session authorization ${role}`);
  try {
    return JSON.stringify((await fixture.onTarget.query(sql)).rows);
  } catch (error) {
    return error instanceof pg.DatabaseError ? String(error.code) : String(error);
  } finally {
    await fixture.onTarget.query('rollback');
  }
}

test('sends nothing when nothing has changed', async () => {
  expect(first.problems).toEqual([]);
  expect(first.changed).toBeGreaterThan(0);
  expect(await sync()).toMatchObject({ changed: 0, problems: [] });
});

test('a new table is closed until the next run, and open after it', async () => {
  await fixture.onTarget.query('create table m.later (id int); create sequence m.later_seq');
  expect(await as('howdah_read', 'select * from m.later')).toBe('42501');
  expect(await sync()).toMatchObject({ changed: 8 });
  expect(await as('howdah_read', 'select * from m.later')).toBe('[]');
  expect(await as('howdah_read', 'insert into m.later values (1)')).toBe('42501');
  expect(await as('howdah_write', 'insert into m.later values (1)')).toBe('[]');
  expect(await as('howdah_write', 'truncate m.later')).toBe('42501');
});

test('what is not chosen any more is closed, and what others granted there is a gap', async () => {
  expect(await as('howdah_read', 'select * from elsewhere.ledger')).toBe('42501');
  const gaps = first.gaps.map(({ message }) => message);
  expect(gaps.filter((message) => message.includes('elsewhere.'))).toEqual([
    expect.stringMatching(/^howdah_read can read elsewhere\.notice, which is in no chosen schema/),
    expect.stringMatching(/^howdah_write can read elsewhere\.notice/),
  ]);
});

describe('a masked column', () => {
  const paths = [
    'select password from m.people',
    'select * from m.people',
    'table m.people',
    'select p from m.people p',
    'select to_jsonb(p) from m.people p',
    'select (p).password from m.people p',
    'select p::text from m.people p',
    'select m.row_of(p) from m.people p',
    'select id from m.people where password = $$x$$',
    'select id from m.people order by password',
    'select count(password) from m.people',
    'select count(distinct password) from m.people',
    'select a.id from m.people a join m.people b using (password)',
    'select a.id from m.people a natural join m.people b',
    'select shout from m.people',
    'select password from m.handed_on',
    'select * from m.handed_on',
    'select password from m.handed_twice',
    'select password from m.checked',
    'select * from m.renamed',
    'select * from m.computed',
    'select * from m.of_computed',
    'select * from m.compared',
    'select * from m.whole',
    'select * from m.composite',
    'select * from m.listed',
    'select * from m.united',
    'select * from m.joined',
    'select * from m.nested',
    'select * from m.sorted',
    'select password from m.stored',
    'select * from m.stored_hash',
    'select password from m.of_stored',
    'select token from m.parent',
    'select token from m.child',
    'select token from m.parts',
    'select token from m.parts_1',
    'select m.invoker()',
    'copy m.people to stdout',
    'copy m.people (password) to stdout',
    'explain (analyze, verbose) select password from m.people',
    "select query_to_xml('select password from m.people', true, true, '')",
  ];

  test.each(paths.map((sql) => [sql]))('S24: neither level gets at it by %s', async (sql) => {
    expect(await as('howdah_read', sql)).toBe('42501');
    expect(await as('howdah_write', sql)).toBe('42501');
  });

  test.each([
    ['select id, name, note from m.people where id = 1', '[{"id":1,"name":"Ada","note":null}]'],
    ['select count(*)::int as n from m.people', '[{"n":2}]'],
    [
      'select count(*)::int as n, count(ctid)::int as c from m.people where xmin is not null',
      '[{"n":2,"c":2}]',
    ],
    ['select tableoid::regclass::text as t, id from m.parts', '[{"t":"m.parts_1","id":1}]'],
    ['select * from m.plain where id = 2', '[{"id":2,"name":"Bob"}]'],
    ['select id, name from m.handed_on where id = 2', '[{"id":2,"name":"Bob"}]'],
    ['select id from m.handed_twice where id = 2', '[{"id":2}]'],
    ['select id from m.of_stored where id = 2', '[{"id":2}]'],
    ['select count::int as n from m.counted', '[{"n":2}]'],
    ['select id, extra from m.child', '[{"id":1,"extra":"x"}]'],
    ["select attname from pg_stats where tablename = 'people' and attname in ('password', 'shout')", '[]'],
  ])('leaves the rest readable: %s', async (sql, rows) => {
    await fixture.onTarget.query('analyze m.people');
    expect(await as('howdah_read', sql)).toBe(rows);
    expect(await as('howdah_write', sql)).toBe(rows);
  });

  test('is not written either, and no error tells it', async () => {
    for (const sql of [
      "insert into m.people (id, password) values (3, 'x')",
      "update m.people set password = 'x'",
      'insert into m.people (id) values (3) on conflict (password) do nothing',
      'update m.people set name = password',
      'delete from m.people returning password',
      "insert into m.handed_on (id, password) values (4, 'x')",
    ]) {
      expect(await as('howdah_write', sql), sql).toBe('42501');
    }
    expect(await as('howdah_write', "update m.people set name = 'x' where id = 1")).toBe('[]');
    expect(await as('howdah_write', 'delete from m.people where id = 1')).toBe('[]');
    await fixture.onTarget.query("insert into m.people (id, password) values (9, 'SECRET-default')");
    await fixture.onTarget.query('begin; set local session authorization howdah_write');
    const error: unknown = await fixture.onTarget
      .query("insert into m.people (id, name) values (10, 'x')")
      .catch((reason) => reason);
    await fixture.onTarget.query('rollback');
    expect(error).toMatchObject({ code: '23505', detail: undefined });
    expect(JSON.stringify(error)).not.toContain('SECRET');
  });

  test('that stands open by other grants, or may by a function, is a gap with its name', () => {
    const gaps = first.gaps.filter(({ message }) => !message.includes('elsewhere'));
    expect(gaps.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^howdah_read may select m\.open_to_all\.secret although it is masked: by a grant to PUBLIC/,
      ),
      expect.stringMatching(/^howdah_write may select m\.open_to_all\.secret/),
      expect.stringMatching(/^howdah_read may call m\.definer\(\), a SECURITY DEFINER function of postgres/),
      expect.stringMatching(/^howdah_write may call m\.definer\(\)/),
    ]);
  });

  test('is told with what it closes', () => {
    const withheld = Object.fromEntries(first.withheld.map(({ relation, columns }) => [relation, columns]));
    expect(withheld).toMatchObject({
      people: ['password', 'shout'],
      handed_on: ['password'],
      handed_twice: ['password'],
      renamed: null,
      whole: null,
    });
    expect(withheld).not.toHaveProperty('counted');
    expect(withheld).not.toHaveProperty('plain');
  });

  test('opens again when the mask goes, and closes when it comes back', async () => {
    choice = { ...choice, masks: [] };
    await sync();
    expect(await as('howdah_read', 'select password from m.people where id = 2')).toContain('SECRET-bob');
    expect(await as('howdah_read', 'select * from m.renamed where id = 2')).toContain('SECRET-bob');
    choice = { ...choice, masks: maskedColumns };
    await sync();
    expect(await as('howdah_read', 'select password from m.people')).toBe('42501');
    expect(await as('howdah_read', 'select * from m.renamed')).toBe('42501');
  });
});

test('a view that reads what was not chosen is a gap, wherever it gets it from', async () => {
  await fixture.onTarget.query(`
    create view m.of_ledger as select amount from elsewhere.ledger;
    create view m.of_view as select * from m.of_ledger;
    create view m.of_notice as select id from elsewhere.notice`);
  const { gaps } = await sync();
  const views = gaps.filter(({ message }) => message.includes('which shows'));
  expect(views.map(({ message }) => message.split(',')[0])).toEqual([
    'howdah_read can read m.of_ledger',
    'howdah_read can read m.of_view',
    'howdah_write can read m.of_ledger',
    'howdah_write can read m.of_view',
  ]);
  await fixture.onTarget.query('drop view m.of_notice; drop view m.of_view; drop view m.of_ledger');
});
