import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RowsPage } from './api-types';
import type { RowChange, ShownRow } from './edit-types';
import { browseRows } from './run-browse';
import { applyEdits, type EditRefusal, previewEdits } from './run-edit';
import { refreshWall } from './run-wall';
import type { Actor } from './server';
import { putChoice } from './store/walls';
import { allTypesSql } from './testing/all-types';
import { actorOf, type Fixture, openFixture } from './testing/fixture';
import { hostileSql, hostileTables, oddShapesSql } from './testing/hostile';

let fixture: Fixture;
let developer: Actor;
const never = new AbortController().signal;

beforeAll(async () => {
  fixture = await openFixture(`
    ${allTypesSql}
    ${oddShapesSql}
    ${hostileSql}
    create table notes (id int primary key, body text default 'by default', mood text);
    insert into notes select i, 'note ' || i from generate_series(1, 50) i;
    create table loose (a int, b text);
    insert into loose values (1, 'same'), (1, 'same'), (2, 'other');
    create table pairs (tenant int not null, id int not null, body text, unique (tenant, id));
    insert into pairs values (1, 1, 'x'), (1, 2, 'y'), (2, 1, 'z');
    create table guarded (id int primary key, body text);
    insert into guarded values (1, 'x');
    create function keep() returns trigger language plpgsql as $$ begin return null; end $$;
    create trigger keep before update on guarded for each row execute function keep();
    create table owners (id int primary key, code text unique not null);
    create table pets (id int primary key, owner int references owners on delete cascade);
    create table visits (id int primary key, pet int references pets on delete cascade, vet int);
    create table bills (id int primary key, visit int references visits);
    create table cards (id int primary key, code text references owners (code) on delete set null);
    insert into owners select i, 'c' || i from generate_series(1, 3) i;
    insert into pets select i, 1 + i % 2 from generate_series(1, 10) i;
    insert into visits select i, 1 + i % 10 from generate_series(1, 40) i;
    insert into bills values (1, 1);
    insert into cards values (1, 'c1'), (2, 'c1');
    create table checked (id int primary key, parent int references owners deferrable initially deferred);
    create table altered (id int primary key, a text, b text);
    insert into altered values (1);
    create table retyped (id int primary key, a int, b numeric, c text);
    insert into retyped values (1, 1, 1.5, 'x'), (2, 2, 2.5, 'y');
    create table replaced (id int primary key, a text);
    insert into replaced values (1, 'x');
    create table secrets (id int primary key, name text, password text default 'SECRET');
    insert into secrets values (1, 'Ada', 'SECRET-ada');
  `);
  developer = await actorOf('developer');
});
afterAll(() => fixture.close());

const placeOf = (relation: string, schema = 'public') => ({
  ...{ server: 'demo', database: fixture.target.name, schema, relation },
});

function browse(relation: string, schema?: string, sort?: string): Promise<RowsPage> {
  return browseRows(developer, placeOf(relation, schema), { limit: 100, filters: [], sort }, never);
}

/** A row of a page as the browser gives it back. */
function shown({ fields, rows, cut, row_words: words }: RowsPage, row: number): ShownRow {
  const cells = fields.map(({ name }, column) => {
    const bytes = cut.find(([at, of]) => at === row && of === column)?.[2];
    return { column: name, value: rows[row]?.[column] ?? null, ...(bytes === undefined ? {} : { bytes }) };
  });
  const word = words?.[row];
  return { cells, ...(word ? { word } : {}) };
}

const apply = (relation: string, changes: RowChange[], schema?: string) =>
  applyEdits(developer, placeOf(relation, schema), changes, never);

async function refused(relation: string, changes: RowChange[], schema?: string): Promise<EditRefusal> {
  const answer = await apply(relation, changes, schema);
  if (!('error' in answer)) throw new Error(`it was applied: ${answer.statements.join('; ')}`);
  return answer;
}

async function sumOf(relation: string): Promise<string> {
  const { rows } = await fixture.onTarget.query(
    `select md5(string_agg(md5(whole::text), '' order by whole::text)) as sum from ${relation} whole`,
  );
  return rows[0].sum;
}

const update = (row: ShownRow, column: string, value: string | null): RowChange => ({
  type: 'update',
  row,
  set: [{ column, value }],
});

describe('S66: what is written back as it was shown is what was stored', () => {
  test('for every type, one column at a time and all at once', async () => {
    const before = await sumOf('all_types');
    const page = await browse('all_types');
    expect(page.rows).toHaveLength(5);
    for (const row of page.rows.keys()) {
      const { cells } = shown(page, row);
      const kept = cells.filter(({ column }) => column !== 'id');
      const single = kept.map(({ column, value }) => update(shown(page, row), column, value));
      const all: RowChange = { type: 'update', row: shown(page, row), set: kept };
      expect(await apply('all_types', [...single, all])).toMatchObject({ applied: kept.length + 1 });
    }
    expect(await sumOf('all_types')).toBe(before);
    expect((await browse('all_types')).rows).toEqual(page.rows);
  });

  test('and an insert of the same texts is the same row', async () => {
    const page = await browse('all_types');
    const set = shown(page, 0).cells.map(({ column, value }) => ({
      column,
      value: column === 'id' ? '99' : value,
    }));
    await apply('all_types', [{ type: 'insert', set }]);
    const { rows } = await fixture.onTarget.query(`
      select md5(regexp_replace(whole::text, '^.1,', '')) as sum from all_types whole where id = 1
      union all select md5(regexp_replace(whole::text, '^.99,', '')) from all_types whole where id = 99`);
    expect(rows[0].sum).toBe(rows[1].sum);
    await fixture.onTarget.query('delete from all_types where id = 99');
  });

  test('with NULL, the empty text, the word NULL and the default told apart', async () => {
    const row = async (id: number) => shown(await browse('notes'), id - 1);
    await apply('notes', [update(await row(1), 'body', null)]);
    await apply('notes', [update(await row(2), 'body', '')]);
    await apply('notes', [update(await row(3), 'body', 'NULL')]);
    await apply('notes', [
      { type: 'update', row: await row(4), set: [{ column: 'body', is_default: true }] },
    ]);
    const { rows } = await fixture.onTarget.query('select body from notes where id <= 4 order by id');
    expect(rows.map(({ body }) => body)).toEqual([null, '', 'NULL', 'by default']);
  });
});

describe('a row is named', () => {
  test('by its key, and by a unique one without NULL where there is no primary key', async () => {
    const preview = await previewEdits(
      developer,
      placeOf('pairs'),
      [update(shown(await browse('pairs'), 1), 'body', "it's")],
      never,
    );
    expect(preview.statements).toEqual([
      "update public.pairs s set body = 'it''s' where s.tenant = 1 and s.id = 2",
    ]);
  });

  test('by where it lies where it has no key: one of two equal rows', async () => {
    const page = await browse('loose');
    expect(await apply('loose', [update(shown(page, 1), 'b', 'changed')])).toMatchObject({ applied: 1 });
    const { rows } = await fixture.onTarget.query('select b from loose order by a, b');
    expect(rows.map(({ b }) => b)).toEqual(['changed', 'same', 'other']);
    const again = await refused('loose', [{ type: 'delete', row: shown(page, 1) }]);
    expect(again.error).toMatchObject({ code: 'conflict' });
  });

  test('not at all in a view', async () => {
    await expect(
      apply('ordinary', [update(shown(await browse('ordinary', 'odd'), 0), 'body', 'x')], 'odd'),
    ).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('S67: two people edit one row', () => {
  test('and the second gets a conflict with what is there now; nothing is overwritten', async () => {
    const page = await browse('notes');
    await apply('notes', [update(shown(page, 10), 'body', 'first')]);
    const second = await refused('notes', [
      update(shown(page, 11), 'body', 'not kept'),
      update(shown(page, 10), 'mood', 'second'),
    ]);
    expect(second).toMatchObject({ change: 1, error: { code: 'conflict' } });
    expect(second.theirs).toContainEqual({ column: 'body', value: 'first' });
    const { rows } = await fixture.onTarget.query(
      'select body, mood from notes where id in (11, 12) order by id',
    );
    expect(rows).toEqual([
      { body: 'first', mood: null },
      { body: 'note 12', mood: null },
    ]);
  });

  test('at once: exactly one of many gets through, whichever it is', async () => {
    const page = await browse('notes');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => apply('notes', [update(shown(page, 20), 'body', `writer ${i}`)])),
    );
    const won = answers.flatMap((answer, i) => ('error' in answer ? [] : [i]));
    expect(won).toHaveLength(1);
    const { rows } = await fixture.onTarget.query('select body from notes where id = 21');
    expect(rows[0].body).toBe(`writer ${won[0]}`);
  });

  test('of which one deletes it: the other hears that it has gone', async () => {
    const page = await browse('notes');
    expect(await apply('notes', [{ type: 'delete', row: shown(page, 30) }])).toMatchObject({ applied: 1 });
    const late = await refused('notes', [update(shown(page, 30), 'body', 'x')]);
    expect(late).toMatchObject({ theirs: null, error: { code: 'conflict' } });
  });

  test('and a change behind the cut of a long cell is one too', async () => {
    const page = await browse('huge', 'odd');
    await fixture.onTarget.query(`update odd.huge set body = body || 'tail' where id = 1`);
    const { error, theirs } = await refused('huge', [update(shown(page, 0), 'pad', 'zz')], 'odd');
    expect(error).toMatchObject({ code: 'conflict' });
    expect(theirs?.find(({ column }) => column === 'body')?.bytes).toBe(800_004);
  });
});

describe('a batch', () => {
  test('stands whole or not at all, and is recorded like a person’s own statements', async () => {
    const page = await browse('notes');
    const changes: RowChange[] = [
      update(shown(page, 40), 'body', 'batch'),
      { type: 'insert', set: [{ column: 'id', value: '900' }] },
      { type: 'delete', row: shown(page, 41) },
    ];
    const done = await apply('notes', changes);
    if ('error' in done) throw done.error;
    const { rows } = await fixture.onStore.query(
      `select h.sql, h.kind, h.level, h.username, o.status from query_history h
        join query_outcome o on o.history_id = h.id where h.id = any ($1) order by h.statement`,
      [done.query_ids],
    );
    expect(
      rows.every(({ kind, level, status }) => `${kind} ${level} ${status}` === 'grid write succeeded'),
    ).toBe(true);
    expect(rows.map(({ sql }) => sql)).toEqual(expect.arrayContaining(done.statements));
    const failed = await refused('notes', [
      { type: 'insert', set: [{ column: 'id', value: '901' }] },
      { type: 'insert', set: [{ column: 'id', value: '900' }] },
    ]);
    expect(failed).toMatchObject({ change: 1, error: { sqlstate: '23505' } });
    const counted = await fixture.onTarget.query('select count(*)::int as n from notes where id >= 900');
    expect(counted.rows[0].n).toBe(1);
  });

  test('that a trigger swallows is rolled back and said so', async () => {
    const { error } = await refused('guarded', [update(shown(await browse('guarded'), 0), 'body', 'y')]);
    expect(error.message).toBe('The statement would have changed 0 rows in place of one.');
  });

  test('whose commit fails stands not, and the last statement says why', async () => {
    const refusal = await refused('checked', [
      {
        type: 'insert',
        set: [
          { column: 'id', value: '1' },
          { column: 'parent', value: '77' },
        ],
      },
    ]);
    expect(refusal.error).toMatchObject({ sqlstate: '23503' });
  });

  test('with a value that its type refuses says so in PostgreSQL’s words', async () => {
    const page = await browse('all_types');
    const { error } = await refused('all_types', [update(shown(page, 0), 'jb', '{"a": }')]);
    expect(error).toMatchObject({ code: 'query_failed', sqlstate: '22P02' });
  });

  test('on a column that is gone is refused before anything is sent', async () => {
    const page = await browse('altered');
    await fixture.onTarget.query('alter table altered drop column b');
    await expect(apply('altered', [update(shown(page, 0), 'a', 'x')])).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test('on a table that was altered since is refused, or is right for what it has become', async () => {
    const page = await browse('retyped');
    const now = async () =>
      (
        await fixture.onTarget.query('select row_to_json(r)::text as row from retyped r order by id')
      ).rows.map(({ row }) => row);
    await fixture.onTarget.query('alter table retyped alter a type text using a::text, add d int default 7');
    expect(await apply('retyped', [update(shown(page, 0), 'a', 'one')])).toMatchObject({ applied: 1 });
    await fixture.onTarget.query('alter table retyped alter b type numeric(6, 3)');
    const other = await refused('retyped', [update(shown(page, 1), 'c', 'z')]);
    expect(other).toMatchObject({ error: { code: 'conflict' } });
    expect(other.theirs).toContainEqual({ column: 'b', value: '2.500' });
    await fixture.onTarget.query('alter table retyped rename c to e');
    const gone = { code: 'invalid', message: 'There is no column "c" in public.retyped to change.' };
    await expect(apply('retyped', [update(shown(page, 1), 'c', 'z')])).rejects.toMatchObject(gone);
    await expect(apply('retyped', [{ type: 'delete', row: shown(page, 1) }])).rejects.toMatchObject(gone);
    expect(await now()).toEqual([
      '{"id":1,"a":"one","b":1.500,"e":"x","d":7}',
      '{"id":2,"a":"2","b":2.500,"e":"y","d":7}',
    ]);
  });

  test('on a table that has gone, or has another in its place, changes nothing', async () => {
    const page = await browse('replaced');
    const change = [update(shown(page, 0), 'a', 'mine')];
    await fixture.onTarget.query('alter table replaced rename to before');
    await expect(apply('replaced', change)).rejects.toMatchObject({ code: 'not_found' });
    await fixture.onTarget.query(
      `create table replaced (id int primary key, a text); insert into replaced values (1, 'other');
       grant select, insert, update, delete on replaced to howdah_read, howdah_write`,
    );
    expect(await refused('replaced', change)).toMatchObject({ error: { code: 'conflict' } });
    const { rows } = await fixture.onTarget.query(
      'select a from before union all select a from replaced order by a',
    );
    expect(rows.map(({ a }) => a)).toEqual(['other', 'x']);
  });

  test('is not for the read level', async () => {
    const reviewer = await actorOf('reviewer');
    await expect(
      applyEdits(reviewer, placeOf('notes'), [{ type: 'insert', set: [] }], never),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a delete is counted first', () => {
  test('with what it cascades to, over several relations, and what holds it up', async () => {
    const page = await browse('owners');
    const { cascades } = await previewEdits(
      developer,
      placeOf('owners'),
      [0, 1].map((row) => ({ type: 'delete', row: shown(page, row) })),
      never,
    );
    expect(
      cascades.map(({ relation, action, rows, through }) => [
        relation,
        action,
        rows,
        through.map((of) => of.relation),
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['pets', 'cascade', 10, []],
        ['cards', 'set_null', 2, []],
        ['visits', 'cascade', 40, ['pets']],
        ['bills', 'no_action', 1, ['pets', 'visits']],
      ]),
    );
    expect(cascades).toHaveLength(4);
  });
});

describe('S29: an edit acts on its own object only', () => {
  test.each(hostileTables)('in a table and a column named %j', async (name) => {
    const page = await browse(name, 'hostile');
    const own = page.rows.findIndex(([value]) => value === name);
    await apply(
      name,
      [
        update(shown(page, own), '__proto__', '8'),
        {
          type: 'insert',
          set: [
            { column: name, value: `new ${name}` },
            { column: 'constructor', value: '1' },
          ],
        },
      ],
      'hostile',
    );
    const after = await browse(name, 'hostile');
    expect(after.rows.map((row) => row.join('|')).sort()).toEqual(
      [`${name}|8|`, 'other|7|', `new ${name}|7|1`].sort(),
    );
    const witness = await fixture.onTarget.query('select count(*)::int as n from public.witness');
    expect(witness.rows[0].n).toBe(1);
  });

  test('S36: text that PostgreSQL cannot hold is refused, not altered', async () => {
    for (const value of ['a\0b', '\ud800']) {
      await expect(
        apply('notes', [{ type: 'insert', set: [{ column: 'body', value }] }]),
      ).rejects.toMatchObject({ code: 'invalid' });
    }
  });
});

describe('a masked column', () => {
  test('is neither read, written nor returned', async () => {
    const serverId = (await fixture.onStore.query('select id from servers')).rows[0].id;
    const masks = [{ schema: 'public', relation: 'secrets', column: 'password' }];
    await putChoice(serverId, { database: fixture.target.name, schemas: ['public'], masks });
    await refreshWall(serverId);
    const page = await browse('secrets');
    expect(page.hidden_columns).toEqual(['password']);
    await expect(apply('secrets', [update(shown(page, 0), 'password', 'mine')])).rejects.toMatchObject({
      code: 'invalid',
    });
    const answer = await apply('secrets', [update(shown(page, 0), 'name', 'Eve')]);
    expect(answer).toMatchObject({ applied: 1 });
    expect(JSON.stringify(answer)).not.toContain('SECRET');
    const { theirs } = await refused('secrets', [update(shown(page, 0), 'name', 'Bob')]);
    expect(theirs?.map(({ column }) => column)).toEqual(['id', 'name']);
  });
});
