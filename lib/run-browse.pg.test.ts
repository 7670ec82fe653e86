import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RowsPage } from './api-types';
import type { PageRequest } from './postgres/browse-page';
import { browseRows, countRows, estimateRows } from './run-browse';
import { exportRelation } from './run-export';
import type { Actor } from './server';
import { actorOf, type Fixture, openFixture, until } from './testing/fixture';
import { oddShapesSql } from './testing/hostile';

let fixture: Fixture;
let actor: Actor;

beforeAll(async () => {
  fixture = await openFixture(`
    create extension citext;
    create type mood as enum ('sad', 'calm', 'keen');
    create domain email as text check (value like '%@%');
    create table walk (id int primary key, a int, b text, c numeric not null, m mood, e email not null, ci citext);
    insert into walk
      select i, nullif(i * 7 % 5, 0), case when i % 4 > 0 then chr(97 + i * 11 % 6) end, (i * 13 % 9) / 10.0,
        (array['sad', 'calm', 'keen', null]::mood[])[1 + i % 4], 'u' || i % 50 || '@x', chr(65 + i % 2 * 32 + i % 3)
      from generate_series(1, 300) i;
    create index on walk (a, b, id);
    create table pairs (tenant int, id int, body text, unique (tenant, id), other int);
    alter table pairs alter tenant set not null, alter id set not null;
    insert into pairs select i % 7, i, 'b' from generate_series(1, 100) i;
    create table texts (id int primary key, body text, ref int references walk);
    insert into texts select i, repeat('long ', 1000) || i % 10, i from generate_series(1, 40) i;
    create table emptied (id int primary key, body text);
    create table doomed (id int primary key);
    ${oddShapesSql}
    create table filed (id int primary key, kind text, score int, body text, at timestamptz);
    insert into filed select i, 'k' || i % 40, i, 'text ' || i from generate_series(1, 20000) i;
    create index on filed (kind, id);
    create index on filed (score) where kind = 'k3';
    create view of_filed as select * from filed;
    create view joined as select f.*, w.b from filed f join walk w using (id);
    create view counted as select i as n from generate_series(1, 100600) i;
    analyze walk, filed;
  `);
  await fixture.onTarget.query(
    'revoke select on odd.secret from howdah_read; grant select (id) on odd.secret to howdah_read',
  );
  actor = await actorOf('reviewer');
});
afterAll(() => fixture.close());

const never = new AbortController().signal;

function placeOf(relation: string, schema = 'public') {
  return { server: 'demo', database: fixture.target.name, schema, relation };
}

function browse(relation: string, request: Partial<PageRequest> = {}, schema = 'public'): Promise<RowsPage> {
  return browseRows(actor, placeOf(relation, schema), { limit: 100, filters: [], ...request }, never);
}

/** The first column of every row, page by page, from the first page on or from the last one back. */
async function walk(relation: string, request: Partial<PageRequest>, isBackwards = false, schema = 'public') {
  const seen: (string | null)[] = [];
  let page = await browse(relation, { ...request, ...(isBackwards && { at: 1 }) }, schema);
  for (let pages = 0; pages < 200; pages++) {
    const ids = page.rows.map((row) => row[0] ?? null);
    if (isBackwards) seen.unshift(...ids);
    else seen.push(...ids);
    const cursor = isBackwards ? page.previous : page.next;
    if (cursor === null) {
      expect(isBackwards ? page.at_start : page.at_end).toBe(true);
      return seen;
    }
    page = await browse(relation, { ...request, [isBackwards ? 'before' : 'after']: cursor }, schema);
  }
  throw new Error('the walk does not end');
}

async function idsBy(sql: string): Promise<string[]> {
  const { rows } = await fixture.onTarget.query<{ id: unknown }>(sql);
  return rows.map(({ id }) => String(id));
}

describe('a walk over all pages equals the whole ordered list', () => {
  const sorts = [
    undefined,
    'id.desc',
    'a',
    'a.desc',
    'b',
    'b.desc',
    'c',
    'c.desc',
    'm',
    'm.desc',
    'e.desc',
    'ci',
    'a,b',
    'a.desc,b.desc',
    'a,b.desc',
    'a.desc,b',
    'b,a.desc,c',
    'm.desc,b,id.desc',
    'b,id.desc',
    'a,id',
    'c,a,b,m',
  ];

  test.each(sorts)('sorted by %s', async (sort) => {
    const asked = sort?.split(',') ?? [];
    const isWhole = asked.some((part) => /^id\b/.test(part));
    const tie = asked.at(-1)?.endsWith('.desc') ? ['id.desc'] : ['id'];
    const order = [...asked, ...(isWhole ? [] : tie)].map((part) => part.replace('.', ' ')).join(', ');
    const all = await idsBy(`select id from walk order by ${order}`);
    expect(await walk('walk', { sort, limit: 7 })).toEqual(all);
    expect(await walk('walk', { sort, limit: 7 }, true)).toEqual(all);
  });

  test('under filters', async () => {
    const all = await idsBy(`select id from walk where a >= 2 and b is not null order by b desc, a, id`);
    const request = { sort: 'b.desc,a', filters: ['a.gte.2', 'b.is.not_null'], limit: 11 };
    expect(await walk('walk', request)).toEqual(all);
    expect(await walk('walk', request, true)).toEqual(all);
  });

  test.each([
    ['odd.without_key', undefined, 'select n as id from odd.without_key order by ctid'],
    ['odd.without_key', 'n.desc', 'select n as id from odd.without_key order by n desc'],
    ['odd.stored', 'k', 'select n as id from odd.stored order by k, ctid'],
    ['odd.parts', undefined, 'select id from odd.parts order by id, at'],
    ['odd.parts', 'at.desc', 'select id from odd.parts order by at desc, id desc'],
    ['odd.log', 'line', 'select at as id from odd.log order by line, tableoid, ctid'],
    ['odd.parent', 'id', 'select id from odd.parent order by id, tableoid, ctid'],
    ['odd.ordinary', 'id.desc', 'select id from odd.ordinary order by id desc'],
    ['public.pairs', undefined, 'select tenant as id from pairs order by tenant, id'],
  ])('of %s sorted by %s', async (relation, sort, sql) => {
    const [schema = '', name = ''] = relation.split('.');
    const all = await idsBy(sql);
    expect(await walk(name, { sort, limit: 9 }, false, schema)).toEqual(all);
    expect(await walk(name, { sort, limit: 9 }, true, schema)).toEqual(all);
  });

  test('without any order: by number, forwards only, the same twice', async () => {
    const once = await walk('log', { limit: 30 }, false, 'odd');
    expect(once).toHaveLength(200);
    expect(await walk('log', { limit: 30 }, false, 'odd')).toEqual(once);
    await expect(browse('log', { at: 1 }, 'odd')).rejects.toMatchObject({ code: 'invalid' });
    await expect(walk('parent', { limit: 7 }, false, 'odd')).resolves.toHaveLength(40);
  });

  test('turning round shows the page before and again the page after', async () => {
    for (const sort of ['a', 'b.desc,a', undefined]) {
      const first = await browse('walk', { sort, limit: 10 });
      const second = await browse('walk', { sort, limit: 10, after: first.next ?? '' });
      const back = await browse('walk', { sort, limit: 10, before: second.previous ?? '' });
      expect(back.rows).toEqual(first.rows);
      expect(back).toMatchObject({ at_start: true, previous: null, at_end: false });
      expect((await browse('walk', { sort, limit: 10, after: back.next ?? '' })).rows).toEqual(second.rows);
    }
  });

  test('with values too long for a cursor', async () => {
    const all = await idsBy('select id from texts order by body desc, id desc');
    expect(await walk('texts', { sort: 'body.desc', limit: 7 })).toEqual(all);
    expect(await walk('texts', { sort: 'body.desc', limit: 7 }, true)).toEqual(all);
    const { next } = await browse('texts', { sort: 'body.desc', limit: 7 });
    expect(next?.length).toBeLessThan(200);
    const seventh = all[6];
    await fixture.onTarget.query('update texts set body = null where id = $1', [seventh]);
    await expect(browse('texts', { sort: 'body.desc', limit: 7, after: next ?? '' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('a page', () => {
  test('says what it is', async () => {
    const page = await browse('walk', { limit: 5 });
    expect(page).toMatchObject({
      key: ['id'],
      order: [{ column: 'id', direction: 'asc' }],
      estimated_rows: 300,
      at_start: true,
      at_end: false,
      previous: null,
      cut: [],
      hidden_columns: [],
    });
    expect(page.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id int4',
      'a int4',
      'b text',
      'c numeric',
      'm mood',
      'e text',
      'ci citext',
    ]);
    expect(page.rows[0]).toEqual(['1', '2', 'f', '0.40000000000000000000', 'calm', 'u1@x', 'b']);
    const { foreign_keys } = await browse('texts', { limit: 1 });
    expect(foreign_keys).toEqual([
      { schema: 'public', relation: 'walk', columns: ['ref'], foreign_columns: ['id'] },
    ]);
  });

  test('is one row of kind browse in the history', async () => {
    const { query_id } = await browse('walk', { sort: 'a', filters: ['a.eq.3'], limit: 3 });
    const { rows } = await fixture.onStore.query(
      `select h.kind, h.level, h.params, h.username, o.status, o.rows::int
        from query_history h join query_outcome o on o.history_id = h.id where h.id = $1`,
      [query_id],
    );
    expect(rows).toEqual([
      { kind: 'browse', level: 'read', params: ['3'], username: 'reviewer', status: 'succeeded', rows: 4 },
    ]);
  });

  test('filters by every operator', async () => {
    const ids = async (...filters: string[]) =>
      (await browse('walk', { filters, limit: 1000 })).rows.map((row) => row[0]);
    const cases: [string, string][] = [
      ['a.eq.3', 'a = 3'],
      ['a.neq.3', 'a <> 3'],
      ['c.lt.0.3', 'c < 0.3'],
      ['c.lte.0.3', 'c <= 0.3'],
      ['id.gt.290', 'id > 290'],
      ['id.gte.290', 'id >= 290'],
      ['b.like._', "b like '_'"],
      ['e.ilike.U1%', "e ilike 'U1%'"],
      ['id.like.1_', "id::text like '1_'"],
      ['id.in.1,2,3000', 'id in (1, 2, 3000)'],
      ['e.in.u1@x,u2%40x', "e in ('u1@x', 'u2@x')"],
      ['m.in.sad,keen', "m in ('sad', 'keen')"],
      ['a.is.null', 'a is null'],
      ['a.is.not_null', 'a is not null'],
      ['e.contains.U4', "e ilike '%u4%'"],
      ['e.contains.%', 'false'],
      ['m.gt.sad', "m > 'sad'"],
      ['ci.eq.A', "ci = 'a'"],
      ['ci.in.a,B', "ci in ('a', 'b')"],
    ];
    for (const [filter, where] of cases) {
      expect([filter, await ids(filter)]).toEqual([
        filter,
        await idsBy(`select id from walk where ${where} order by id`),
      ]);
    }
  });

  test('filters by groups of conditions, each under its own', async () => {
    const cases: [filters: string[], where: string][] = [
      [['or.(a.eq.3,b.eq.f)'], "a = 3 or b = 'f'"],
      [['and.(a.eq.3,b.eq.f)'], "a = 3 and b = 'f'"],
      [['a.gte.2', 'or.(b.eq.f,b.is.null)'], "a >= 2 and (b = 'f' or b is null)"],
      [['or.(a.eq.1,a.eq.2)', 'or.(b.eq.f,m.eq.sad)'], "(a = 1 or a = 2) and (b = 'f' or m = 'sad')"],
      [['or.(and.(a.eq.1,b.eq.f),and.(a.eq.2,m.eq.sad))'], "a = 1 and b = 'f' or a = 2 and m = 'sad'"],
      [['or.(id.in.1%2C2,e.eq.u3@x,c.lt.0.1)'], "id in (1, 2) or e = 'u3@x' or c < 0.1"],
      [['or.(b.eq.%29 or %28true,b.eq.%2525)'], "b in (') or (true', '%25')"],
      [['or.(id.eq.7)'], 'id = 7'],
    ];
    for (const [filters, where] of cases) {
      const all = await idsBy(`select id from walk where ${where} order by b, id`);
      expect([filters, await walk('walk', { filters, sort: 'b', limit: 60 })]).toEqual([filters, all]);
      const { count } = await countRows(actor, placeOf('walk'), { filters }, never);
      expect(count).toBe(String(all.length));
    }
    const filters = ['or.(and.(a.eq.1,b.eq.f),id.lt.4)'];
    const place = { server: 'demo', database: fixture.target.name, relation: 'public.walk' };
    const options = { format: 'ndjson', escapeFormulas: false } as const;
    const { stream } = await exportRelation(actor, { ...place, sort: 'id', filters }, options, never);
    let text = '';
    for await (const chunk of stream) text += Buffer.from(chunk).toString();
    const exported = text.split('\n').flatMap((line) => (line === '' ? [] : [String(JSON.parse(line).id)]));
    expect(exported).toEqual(
      await idsBy("select id from walk where a = 1 and b = 'f' or id < 4 order by id"),
    );
  });

  test('is all there is when it is the only one, and then its count is exact', async () => {
    expect(await browse('without_rows', {}, 'odd')).toMatchObject({
      rows: [],
      at_start: true,
      at_end: true,
      next: null,
      previous: null,
      estimated_rows: 0,
    });
    expect(await browse('without_columns', {}, 'odd')).toMatchObject({
      rows: [[], [], [], [], []],
      fields: [],
      key: null,
      estimated_rows: 5,
    });
    expect(await browse('without_key', { limit: 1000 }, 'odd')).toMatchObject({
      key: null,
      estimated_rows: 250,
    });
    expect(await browse('counter', {}, 'odd')).toMatchObject({ rows: [['1', '0', 'f']] });
  });

  test('has 1,600 columns, and says what it cut', async () => {
    const page = await browse('wide', {}, 'odd');
    expect(page.fields).toHaveLength(1600);
    expect(page.rows[0]).toHaveLength(1600);
    expect(page.rows[0]?.[0]).toBe('first');
    expect(page.cut).toEqual([[0, 1599, 100_000]]);
  });

  test('cuts huge values on the server and leaves the others whole', async () => {
    const { rows, cut } = await browse('huge', {}, 'odd');
    expect(cut).toEqual([
      [0, 1, 800_000],
      [0, 2, 300_009],
      [0, 3, 400_002],
    ]);
    expect(rows[0]?.[1]).toBe('é'.repeat(32_768));
    expect(rows[0]?.[3]).toBe(`\\x${'ab'.repeat(32_767)}`);
    expect(rows[1]).toEqual(['2', 'short', '{}', '\\x00', 'cd   ']);
    expect(rows[2]).toEqual(['3', null, null, null, null]);
  });

  test('S65: opens where one value, or all of a row, is over what a message of the wire holds', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `c${i}`);
    await fixture.onTarget.query(`insert into odd.huge values (10, repeat('y', 20000000));
      insert into odd.wide (${names.join()}) values (${names.map(() => "repeat('🐘', 65536)").join()})`);
    try {
      const { rows, cut } = await browse('huge', { sort: 'id.desc', limit: 1 }, 'odd');
      expect([rows[0]?.[1]?.length, cut]).toEqual([64 * 1024, [[0, 1, 20_000_000]]]);
      const wide = await browse('wide', { filters: ['c99.gt.a'] }, 'odd');
      expect(wide.cut).toEqual(names.map((_, column) => [0, column, 4 * 65_536]));
    } finally {
      await fixture.onTarget.query(
        'delete from odd.huge where id = 10; delete from odd.wide where c99 > $$a$$',
      );
    }
  });

  test('leaves out the columns that the read level may not see', async () => {
    const page = await browse('secret', {}, 'odd');
    expect(page).toMatchObject({ rows: [['1']], hidden_columns: ['hidden'] });
    await expect(browse('secret', { sort: 'hidden' }, 'odd')).rejects.toMatchObject({ code: 'invalid' });
    await expect(browse('secret', { filters: ['hidden.eq.x'] }, 'odd')).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

describe('what cannot be shown', () => {
  test('S30: unknown columns, directions and operators are refused, and nothing is sent', async () => {
    const count = async () =>
      (await fixture.onStore.query('select count(*)::int as n from query_history')).rows[0];
    const before = await count();
    const requests: Partial<PageRequest>[] = [
      { sort: 'nothing' },
      { sort: 'id.desc; drop table walk' },
      { sort: 'id.DESC' },
      { sort: 'id.asc.nulls' },
      { sort: 'id,id.desc' },
      { sort: 'id,' },
      { sort: '%zz' },
      { sort: 'ctid' },
      { sort: "id->>'a'" },
      { filters: ['id'] },
      { filters: ['id.eq'] },
      { filters: ['id.OR 1=1.1'] },
      { filters: ['id.or.1'] },
      { filters: ['nothing.eq.1'] },
      { filters: ['__proto__.eq.1'] },
      { filters: ['id.__proto__.1'] },
      { filters: ['id.is.null or true'] },
      { filters: ['id.in.%e9'] },
      { filters: ['or.()'] },
      { filters: ['or.(id.eq.1'] },
      { filters: ['or.(id.eq.1)) or true --'] },
      { filters: ['or.(id.eq.1,id.OR 1=1.1)'] },
      { filters: ['or.(id.eq.1,nothing.eq.1)'] },
      { filters: ['xor.(id.eq.1,id.eq.2)'] },
      { filters: [`or.(${Array.from({ length: 501 }, (_, i) => `id.eq.${i}`)})`] },
      { after: 'x' },
      { after: Buffer.from('{"s":"x","p":["1"]}').toString('base64url') },
      { at: 1, after: 'x' },
    ];
    for (const request of requests) {
      await expect(browse('walk', request), JSON.stringify(request)).rejects.toMatchObject({
        code: 'invalid',
      });
    }
    const { next } = await browse('walk', { sort: 'a', limit: 5 });
    for (const wrong of [{ sort: 'b' }, { sort: 'a.desc' }, {}]) {
      await expect(browse('walk', { ...wrong, after: next ?? '' })).rejects.toMatchObject({
        code: 'invalid',
      });
    }
    expect(await count()).toEqual({ n: before.n + 1 });
  });

  test('a value that does not fit its column says so', async () => {
    await expect(browse('walk', { filters: ['id.eq.abc'] })).rejects.toMatchObject({
      code: 'query_failed',
      sqlstate: '22P02',
    });
  });

  test('a relation that is not there, and one that goes away', async () => {
    await expect(browse('nothing')).rejects.toMatchObject({ code: 'not_found' });
    await expect(browse('walk', {}, 'nothing')).rejects.toMatchObject({ code: 'not_found' });
    await expect(browse(`${'w'.repeat(63)}x`)).rejects.toMatchObject({ code: 'not_found' });
    await browse('doomed');
    await fixture.onTarget.query('drop table doomed');
    await expect(browse('doomed')).rejects.toMatchObject({ code: 'not_found' });
    const elsewhere = { ...placeOf('walk'), database: 'no such "database"' };
    await expect(browseRows(actor, elsewhere, { limit: 1, filters: [] }, never)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('S65: a view that fails, one that sleeps, one without data and a dead foreign table fail alone', async () => {
    await expect(browse('failing', {}, 'odd')).rejects.toMatchObject({
      code: 'query_failed',
      sqlstate: '22012',
    });
    await expect(browse('unfilled', {}, 'odd')).rejects.toMatchObject({
      code: 'query_failed',
      sqlstate: '55000',
    });
    await expect(browse('dead', {}, 'odd')).rejects.toMatchObject({
      code: 'query_failed',
      sqlstate: '08001',
    });
    await fixture.onStore.query('update servers set read_timeout_ms = 2000');
    const asleep = browse('sleeping', { filters: ['or.(x.eq.1,x.eq.2)'] }, 'odd');
    const ended = expect(asleep).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('took longer than'),
    });
    expect((await browse('walk', { limit: 1 })).rows).toHaveLength(1);
    await ended;
    await fixture.onStore.query('update servers set read_timeout_ms = null');
  });
});

describe('an estimate', () => {
  const estimate = (relation: string, ...filters: string[]) =>
    estimateRows(actor, placeOf(relation), filters, never);

  test.each([
    ['filed', ['id.eq.5'], true],
    ['filed', ['id.gte.1'], true],
    ['filed', ['kind.eq.k1', 'body.eq.x'], true],
    ['filed', ['or.(id.eq.1,kind.eq.k1)'], true],
    ['filed', ['score.gte.0'], false],
    ['filed', ['score.gte.0', 'kind.eq.k3'], true],
    ['filed', ['body.like.text 1%25'], false],
    ['filed', ['or.(id.eq.1,body.eq.x)'], false],
    ['of_filed', ['id.lt.9'], true],
    ['of_filed', ['body.eq.x'], false],
    ['joined', ['body.eq.x'], null],
  ])('of %s under %j says whether an index serves it', async (relation, filters, is_indexed) => {
    expect(await estimate(relation, ...filters)).toMatchObject({ is_indexed });
  });

  test('is that of the plan, reads no row, and is recorded', async () => {
    const { query_id, ...told } = await estimate('filed', 'or.(kind.eq.k1,kind.eq.k2)');
    expect(told).toMatchObject({ relation_rows: 20_000, is_indexed: true });
    expect(told.estimated_rows).toBeGreaterThan(700);
    expect(told.estimated_rows).toBeLessThan(1300);
    const { rows } = await fixture.onStore.query('select kind, level, sql from query_history where id = $1', [
      query_id,
    ]);
    expect(rows).toEqual([
      {
        kind: 'explain',
        level: 'read',
        sql: expect.stringMatching(/^explain \(format json\) select pg_catalog\.count/),
      },
    ]);
    await expect(estimate('filed', 'id.eq.x')).rejects.toMatchObject({ sqlstate: '22P02' });
    await expect(estimate('filed', 'gone.eq.x')).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('a filter that takes too long', () => {
  test('is ended on the server when its reader gives up', async () => {
    const controller = new AbortController();
    const request = { limit: 5, filters: ['or.(x.eq.3,x.eq.4)'] };
    const reading = browseRows(actor, placeOf('sleeping', 'odd'), request, controller.signal);
    const failed = expect(reading).rejects.toMatchObject({ sqlstate: '57014' });
    const isRunning = async () =>
      (
        await fixture.onTarget.query(
          "select from pg_stat_activity where query like '%odd.sleeping t where (t.x%' and state = 'active' and pid <> pg_backend_pid()",
        )
      ).rows.length > 0;
    await until('the filter runs', isRunning);
    controller.abort();
    await failed;
    await until('the filter has ended', async () => !(await isRunning()));
  });
});

test('a view is read by number, and not beyond what that is good for', async () => {
  const first = await browse('counted', { limit: 300 });
  expect(first).toMatchObject({ key: null, at_start: true, at_end: false });
  const cursor = JSON.parse(Buffer.from(first.next ?? '', 'base64url').toString());
  const after = Buffer.from(JSON.stringify({ ...cursor, o: 100_000 })).toString('base64url');
  const last = await browse('counted', { limit: 300, after });
  expect(last.rows[0]).toEqual(['100001']);
  expect(last).toMatchObject({ at_end: false, next: null, previous: expect.any(String) });
  const beyond = Buffer.from(JSON.stringify({ ...cursor, o: 100_001 })).toString('base64url');
  await expect(browse('counted', { after: beyond })).rejects.toMatchObject({ code: 'invalid' });
});

describe('a count', () => {
  test('is exact, under filters too, and recorded', async () => {
    expect(await countRows(actor, placeOf('walk'), { filters: [] }, never)).toMatchObject({ count: '300' });
    const { count, query_id } = await countRows(actor, placeOf('walk'), { filters: ['a.is.null'] }, never);
    expect(count).toBe('60');
    const { rows } = await fixture.onStore.query('select kind, sql from query_history where id = $1', [
      query_id,
    ]);
    expect(rows).toEqual([
      { kind: 'browse', sql: 'select pg_catalog.count(*) from public.walk t where t.a is null' },
    ]);
  });

  test('ends when its reader leaves', async () => {
    const controller = new AbortController();
    const counting = countRows(actor, placeOf('sleeping', 'odd'), { filters: ['x.eq.1'] }, controller.signal);
    const failed = expect(counting).rejects.toMatchObject({ sqlstate: '57014' });
    const isRunning = async (wanted: boolean) => {
      const { rows } = await fixture.onTarget.query(
        "select from pg_stat_activity where query like '%count(*) from odd.sleeping%' and state = 'active' and pid <> pg_backend_pid()",
      );
      return rows.length > 0 === wanted;
    };
    await until('the count runs', () => isRunning(true));
    controller.abort();
    await failed;
    await until('the count has ended', () => isRunning(false));
  });
});
