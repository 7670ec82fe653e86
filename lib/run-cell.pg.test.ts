import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RowsPage } from './api-types';
import { browseRows } from './run-browse';
import { openCell } from './run-cell';
import type { Actor } from './server';
import { actorOf, type Fixture, openFixture, until } from './testing/fixture';
import { oddShapesSql } from './testing/hostile';

let fixture: Fixture;
let actor: Actor;
const never = new AbortController().signal;

beforeAll(async () => {
  fixture = await openFixture(`
    ${oddShapesSql}
    create table loose (body text);
    insert into loose select repeat(chr(96 + i), 100000) from generate_series(1, 3) i;
    create table pairs ("te nant" text not null, id int not null, "bo.dy" text, unique ("te nant", id));
    insert into pairs values ('a''b', 1, repeat('€', 50000)), ('a''b', 2, 'short');
    create table leaves (at int, body text) partition by list (at);
    create table leaf_1 partition of leaves for values in (1);
    create table leaf_2 partition of leaves for values in (2);
    insert into leaves values (1, repeat('x', 70000)), (2, repeat('y', 70000));
    create table long (id int primary key, body text, hidden text);
    insert into long select 1, repeat('0123456789abcdef', 2000000), 'h';
    create view shown as select body from long;
  `);
  await fixture.onTarget.query(
    'revoke select on long from howdah_read; grant select (id, body) on long to howdah_read',
  );
  actor = await actorOf('reviewer');
});
afterAll(() => fixture.close());

const placeOf = (relation: string, schema = 'public') => ({
  ...{ server: 'demo', database: fixture.target.name, schema, relation },
});

function browse(relation: string, schema?: string, sort?: string): Promise<RowsPage> {
  return browseRows(actor, placeOf(relation, schema), { limit: 100, filters: [], sort }, never);
}

/** The word for a row of a page. */
const wordOf = ({ cut_rows }: RowsPage, row = 0) => cut_rows.find(([place]) => place === row)?.[1] ?? '';

async function readCell(relation: string, row: string, column: string, schema?: string) {
  const { stream, bytes, id, disposition } = await openCell(
    actor,
    placeOf(relation, schema),
    { row, column },
    never,
  );
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  expect(whole.length).toBe(bytes);
  return { text: stream === null ? null : whole.toString('utf8'), id, disposition };
}

describe('a cell is read whole, as PostgreSQL writes it', () => {
  test.each(['body', 'doc', 'raw', 'pad'])('in the column %s', async (column) => {
    const { rows } = await fixture.onTarget.query(
      `select format('%s', ${column}) as text from odd.huge where id = 1`,
    );
    const { text } = await readCell('huge', wordOf(await browse('huge', 'odd')), column, 'odd');
    expect(text).toBe(rows[0]?.text);
  });

  test('whatever names its row', async () => {
    const loose = await browse('loose');
    expect(loose.key).toBeNull();
    expect((await readCell('loose', wordOf(loose, 1), 'body')).text).toBe('b'.repeat(100_000));
    const pairs = await browse('pairs', 'public', 'id.desc');
    expect(pairs.cut_rows).toHaveLength(1);
    expect((await readCell('pairs', wordOf(pairs, 1), 'bo.dy')).text).toBe('€'.repeat(50_000));
    const leaves = await browse('leaves', 'public', 'at');
    expect((await readCell('leaves', wordOf(leaves, 1), 'body')).text).toBe('y'.repeat(70_000));
  });

  test('with NULL told from the empty text', async () => {
    await fixture.onTarget.query(`insert into odd.huge values (9, '', null, repeat('a', 70000)::bytea)`);
    const word = wordOf(await browse('huge', 'odd', 'id.desc'));
    expect((await readCell('huge', word, 'body', 'odd')).text).toBe('');
    expect((await readCell('huge', word, 'doc', 'odd')).text).toBeNull();
    expect((await readCell('huge', word, 'id', 'odd')).text).toBe('9');
  });

  test('and named so that it can be kept anywhere', async () => {
    expect((await readCell('pairs', wordOf(await browse('pairs')), 'bo.dy')).disposition).toContain(
      'filename="pairs-bo_dy.txt"',
    );
  });
});

describe('the reading of a cell', () => {
  test('is one run of kind browse at the read level', async () => {
    const { text, id } = await readCell('long', wordOf(await browse('long')), 'body');
    expect(text?.length).toBe(32_000_000);
    const { rows } = await fixture.onStore.query(
      `select h.kind, h.level, h.username, o.status from query_history h
        join query_outcome o on o.history_id = h.id where h.id = $1`,
      [id],
    );
    expect(rows).toEqual([{ kind: 'browse', level: 'read', username: 'reviewer', status: 'succeeded' }]);
  });

  test('ends in PostgreSQL when its reader leaves', async () => {
    const word = wordOf(await browse('long'));
    const { stream, id } = await openCell(actor, placeOf('long'), { row: word, column: 'body' }, never);
    const reader = stream?.getReader();
    await reader?.read();
    await reader?.cancel();
    const outcome = () =>
      fixture.onStore.query('select status from query_outcome where history_id = $1', [id]);
    await until('an outcome', async () => (await outcome()).rowCount === 1);
    expect((await outcome()).rows).toEqual([{ status: 'cancelled' }]);
  });
});

describe('a cell is refused', () => {
  test.each([
    ['a column that the read level may not see', 'hidden'],
    ['a column that is not there', 'nothing'],
  ])('of %s', async (_, column) => {
    const word = wordOf(await browse('long'));
    await expect(readCell('long', word, column)).rejects.toMatchObject({ code: 'invalid' });
  });

  test('by a word of another relation, or by none', async () => {
    const word = wordOf(await browse('long'));
    await expect(readCell('huge', word, 'body', 'odd')).rejects.toMatchObject({ code: 'invalid' });
    await expect(readCell('long', 'x', 'body')).rejects.toMatchObject({ code: 'invalid' });
  });

  test('when its row has gone', async () => {
    const word = wordOf(await browse('pairs'));
    await fixture.onTarget.query(`delete from pairs where id = 1`);
    await expect(readCell('pairs', word, 'bo.dy')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('where nothing names a row', async () => {
    const page = await browse('shown');
    expect([page.cut.length, page.cut_rows]).toEqual([1, []]);
  });
});
