import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CsvShape } from './import-types';
import { type ImportFailure, importCsv } from './run-import';
import type { Actor } from './server';
import { allTypesSql } from './testing/all-types';
import { actorOf, type Fixture, openFixture, until } from './testing/fixture';
import { hostileSql, hostileTables } from './testing/hostile';

let fixture: Fixture;
let developer: Actor;
const never = new AbortController().signal;

beforeAll(async () => {
  fixture = await openFixture(`
    ${allTypesSql}
    ${hostileSql}
    create table people (id int primary key, name text, age int check (age > 0), born date default '2000-01-01');
    create table words (word varchar(5), note text);
    create table numbered (id int generated always as identity, word varchar(5));
    create table tree (id int primary key, parent int references tree, name text not null);
    create table guarded (id int, word text); alter table guarded enable row level security;
    create policy short on guarded for insert with check (length(word) < 5);
  `);
  developer = await actorOf('developer');
});
afterAll(() => fixture.close());

const placeOf = (relation: string, schema = 'public') => ({
  ...{ server: 'demo', database: fixture.target.name, schema, relation },
});

async function* pieces(text: string | Buffer, size = 50_000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) yield new Uint8Array(bytes.subarray(at, at + size));
}

function streamOf(source: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await source.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

type Given = Partial<CsvShape> & { schema?: string; signal?: AbortSignal };

function bring(relation: string, columns: (string | null)[], text: string | Buffer, given: Given = {}) {
  const { schema, signal = never, ...shape } = given;
  const usual = { delimiter: ',', quote: '"', encoding: 'UTF8', has_header: false } as const;
  const body = streamOf(pieces(text));
  return importCsv(developer, placeOf(relation, schema), { ...usual, ...shape, columns, body }, signal);
}

async function refused(...given: Parameters<typeof bring>): Promise<ImportFailure> {
  const answer = await bring(...given);
  if (!('error' in answer)) throw new Error(`${answer.rows} rows were brought in`);
  return answer;
}

async function all(sql: string): Promise<Record<string, unknown>[]> {
  return (await fixture.onTarget.query(sql)).rows;
}

describe('a file is brought in', () => {
  test('with its columns mapped, one left out, defaults for the rest, and NULL told from the empty text', async () => {
    const text = '\ufeffnumber;x;called\r\n1;a;"Ada ""A"""\r\n2;b;\r\n3;c;""\r\n4;d;"two\nlines; one value"';
    const answer = await bring('people', ['id', null, 'name'], text, { delimiter: ';', has_header: true });
    expect(answer).toMatchObject({ rows: 4 });
    expect(await all(`select id, name, born::text from people order by id`)).toEqual([
      { id: 1, name: 'Ada "A"', born: '2000-01-01' },
      { id: 2, name: null, born: '2000-01-01' },
      { id: 3, name: '', born: '2000-01-01' },
      { id: 4, name: 'two\nlines; one value', born: '2000-01-01' },
    ]);
  });

  test('from another encoding', async () => {
    await bring('words', ['note', 'word'], Buffer.from('Stra\xdfe,\xe9t\xe9\n', 'latin1'), {
      encoding: 'LATIN1',
    });
    expect(await all(`select * from words`)).toEqual([{ word: 'été', note: 'Straße' }]);
    const wide = Buffer.from('\ufeffnote,word\nStra\xdfe,\u{1f418}\n', 'utf16le');
    await bring('words', ['note', 'word'], wide, { encoding: 'UTF16LE', has_header: true });
    await bring('words', ['note', 'word'], Buffer.from(wide).swap16(), {
      encoding: 'UTF16BE',
      has_header: true,
    });
    expect(await all(`select * from words where word = '\u{1f418}'`)).toEqual([
      { word: '\u{1f418}', note: 'Straße' },
      { word: '\u{1f418}', note: 'Straße' },
    ]);
    const { error } = await refused('words', ['word'], Buffer.from('a\0\x00\xd8b\0', 'latin1'), {
      encoding: 'UTF16LE',
    });
    expect(error.message).toBe('The file is not valid UTF16LE.');
  });

  test('S66: with every type as COPY wrote it, md5 for md5', async () => {
    const [before] = await all(
      `select md5(string_agg(w::text, '' order by id)) as sum, count(*)::int as n from all_types w`,
    );
    const named = await all(
      `select attname as name from pg_attribute where attrelid = 'all_types'::regclass and attnum > 0 order by attnum`,
    );
    const columns = named.map(({ name }) => String(name));
    const quote = (text: unknown) => (text === null ? '' : `"${String(text).replaceAll('"', '""')}"`);
    const cells = columns.map(
      (name) => `format('%s', "${name}") as "${name}", "${name}" is null as "null ${name}"`,
    );
    const rows = await all(`select ${cells.join(', ')} from all_types order by id`);
    const lines = rows.map((row) =>
      columns.map((name) => quote(row[`null ${name}`] ? null : row[name])).join(','),
    );
    await fixture.onTarget.query('truncate all_types');
    expect(await bring('all_types', columns, lines.join('\n'))).toMatchObject({ rows: 5 });
    expect(
      await all(
        `select md5(string_agg(w::text, '' order by id)) as sum, count(*)::int as n from all_types w`,
      ),
    ).toEqual([before]);
  });

  test('S29: into a table and a column of any name, and no other', async () => {
    for (const name of hostileTables) {
      expect(await bring(name, [name, '__proto__'], `"new","8"\n`, { schema: 'hostile' })).toMatchObject({
        rows: 1,
      });
    }
    expect(await all('select count(*)::int as n from witness')).toEqual([{ n: 1 }]);
  });

  test('and recorded as one run', async () => {
    const answer = await bring('people', ['id'], '900\n901\n');
    if ('error' in answer) throw answer.error;
    const { rows } = await fixture.onStore.query(
      `select h.kind, h.level, o.status, o.rows::int, o.bytes::int from query_history h
        join query_outcome o on o.history_id = h.id where h.id = $1`,
      [answer.query_id],
    );
    expect(rows).toEqual([{ kind: 'import', level: 'write', status: 'succeeded', rows: 2, bytes: 8 }]);
  });
});

describe('a bad file changes nothing, and its bad rows are named', () => {
  const lines = (count: number, line: (row: number) => string) =>
    Array.from({ length: count }, (_, index) => `${line(index + 1)}\n`).join('');
  const nothing = async () =>
    expect(await all('select count(*)::int as n from people where id > 1000')).toEqual([{ n: 0 }]);

  test('3 columns where 5 are due', async () => {
    const text = lines(3000, (row) =>
      row === 2000 ? `${row + 5000},x,1` : `${row + 5000},x,1,2001-01-01,y`,
    );
    const { error, bad_rows } = await refused('people', ['id', 'name', 'age', 'born', null], text);
    expect(error.code).toBe('invalid');
    expect(bad_rows).toMatchObject([{ row: 2000, line: 2000, message: '3 values where 5 are due' }]);
    await nothing();
  });

  test('a bad byte at line 900,000', async () => {
    const bytes = Buffer.from(lines(900_010, (row) => `${row + 5000},x`));
    let at = 0;
    for (let line = 1; line < 900_000; line += 1) at = bytes.indexOf(10, at) + 1;
    bytes[bytes.indexOf(0x78, at)] = 0xff;
    const { error, bad_rows } = await refused('words', ['note', 'word'], bytes);
    expect(error.sqlstate).toBe('22021');
    expect(bad_rows).toMatchObject([{ row: 900_000, line: 900_000 }]);
    await nothing();
  });

  test('values that their type, a check, a key or a length refuses, wherever they are', async () => {
    const bad = new Map([
      [7, '6007,x,old'],
      [500, '6500,x,-1'],
      [501, '1,taken,3'],
      [3000, 'x,y,1'],
    ]);
    const text = lines(3000, (row) => bad.get(row) ?? `${row + 6000},x,1`);
    const { bad_rows, is_more } = await refused('people', ['id', 'name', 'age'], text);
    expect(bad_rows.map(({ row }) => row)).toEqual([...bad.keys()]);
    expect(bad_rows[0]).toMatchObject({ line: 7, column: 'age', value: 'old' });
    expect(bad_rows[3]).toMatchObject({ line: 3000, column: 'id', value: 'x' });
    expect(is_more).toBe(false);
    await nothing();
    const long = await refused('words', ['word'], 'short\nmuch too long\n');
    expect(long.bad_rows).toMatchObject([{ row: 2, line: 2, column: 'word', value: 'much too long' }]);
  });

  test('each by its line, its column and its value, whichever way the rows go in', async () => {
    const text =
      'id,name,age,born\n801,"two\nlines",1,2001-01-01\n801,twice,2,2002-02-02\n8,too few\n,none,3,\n811,good,5,\n810,"three\nmore\nlines",5,\n809,é,4,soon\n';
    const all_columns = ['id', 'name', 'age', 'born'];
    const direct = await refused('people', all_columns, `${text}807,x,0,\n812,fine,1,\n`, {
      has_header: true,
    });
    expect(direct.error.code).toBe('invalid');
    expect(direct.bad_rows.map(({ row, line, column, value }) => [row, line, column, value])).toEqual([
      [2, 4, null, null],
      [3, 5, null, null],
      [4, 6, 'id', ''],
      [7, 11, 'born', 'soon'],
      [8, 12, null, null],
    ]);
    expect(direct.bad_rows.map(({ message }) => message).join()).toMatch(
      /Key \(id\)=\(801\) already exists.*2 values where 4 are due.*null value.*"soon".*check constraint/s,
    );
    const staged = await refused('people', ['id', 'name', null, 'born'], text.replace('8,too few\n', ''), {
      has_header: true,
    });
    expect(staged.bad_rows.map(({ row, line, column, value }) => [row, line, column, value])).toEqual([
      [2, 4, null, null],
      [3, 5, 'id', ''],
      [6, 10, 'born', 'soon'],
    ]);
    await nothing();
  });

  test('in a table that tells COPY from INSERT as an INSERT would say', async () => {
    expect((await refused('numbered', ['id', 'word'], '1,a\n')).error.sqlstate).toBe('428C9');
    expect((await refused('guarded', ['id', 'word'], '1,much too long\n')).error.sqlstate).toBe('42501');
    const forward = lines(3, (row) => `${row},${row === 3 ? '' : row + 1},x`);
    expect(await bring('tree', ['id', 'parent', 'name'], forward)).toMatchObject({ rows: 3 });
    const orphan = await refused('tree', ['id', 'parent', 'name'], '4,4,x\n5,77,x\n');
    expect(orphan.bad_rows).toMatchObject([{ row: 2, line: 2 }]);
  });

  test('of which the first hundred are named', async () => {
    const { bad_rows, is_more } = await refused(
      'people',
      ['id', 'age'],
      lines(400, (row) => `${row + 7000},none`),
    );
    expect(bad_rows.map(({ row }) => row)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(is_more).toBe(true);
    await nothing();
  });

  test('a line that ends the data for COPY is no quiet end', async () => {
    const answer = await bring('words', ['word'], 'a\n\\.\nb\n');
    const { n } =
      (await all(`select count(*)::int as n from words where word in ('a', 'b', '\\.')`))[0] ?? {};
    expect('error' in answer ? n === 0 : n === 3).toBe(true);
  });

  test('a shape that does not fit is refused before anything is read', async () => {
    for (const columns of [['id', 'id'], ['nowhere'], [null]]) {
      await expect(bring('people', columns, '1')).rejects.toMatchObject({ code: 'invalid' });
    }
    developer = await actorOf('reviewer');
    await expect(bring('people', ['id'], '1')).rejects.toMatchObject({ code: 'forbidden' });
    developer = await actorOf('developer');
  });

  test('a body that breaks off brings in nothing of what has come', async () => {
    async function* broken() {
      yield new Uint8Array(Buffer.from(lines(20_000, (row) => `${row + 40_000},x`)));
      throw new Error('the connection was reset');
    }
    for (const columns of [
      ['id', 'name'],
      ['id', null],
    ]) {
      const shape = { delimiter: ',', quote: '"', encoding: 'UTF8', has_header: false } as const;
      const body = streamOf(broken());
      const answer = await importCsv(developer, placeOf('people'), { ...shape, columns, body }, never);
      expect(answer).toMatchObject({ error: { code: 'unreachable' } });
    }
    await nothing();
  });

  test('a sender that leaves midway leaves nothing behind, not even a backend', async () => {
    const controller = new AbortController();
    async function* endless() {
      for (let row = 10_000; ; row += 1) {
        yield new Uint8Array(Buffer.from(`${row},x\n`));
        if (row === 30_000) controller.abort();
        if (row > 30_000) await sleep(20);
      }
    }
    const shape = {
      delimiter: ',',
      quote: '"',
      encoding: 'UTF8',
      has_header: false,
      columns: ['id', 'name'],
    } as const;
    const answer = await importCsv(
      developer,
      placeOf('people'),
      { ...shape, columns: [...shape.columns], body: streamOf(endless()) },
      controller.signal,
    );
    expect(answer).toMatchObject({ error: { sqlstate: '57014' } });
    await nothing();
    await until('no COPY is left', async () => {
      const left = await all(`select from pg_stat_activity where query like 'copy%' and state = 'active'`);
      return left.length === 0;
    });
  });
});
