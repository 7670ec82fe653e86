import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeName, encodeName } from './names';
import { browseRows, countRows, estimateRows } from './run-browse';
import { startScript } from './run-query';
import { describeDatabaseRelation, listDatabaseRelations, listDatabaseSchemas } from './run-relations';
import type { Actor } from './server';
import { type FilterText, writeFilterText } from './sql/filter-group';
import { checkStorable } from './storable';
import { actorOf, type Fixture, openFixture, requestOf } from './testing/fixture';
import { hostileNames, hostileSql, hostileTables } from './testing/hostile';

let fixture: Fixture;
let actor: Actor;

beforeAll(async () => {
  fixture = await openFixture(`set max_stack_depth = '2MB'; ${hostileSql}
    create table oddities ("__proto__" int, "constructor" text, "then" int, "?column?" int, "hasOwnProperty" int);
    insert into oddities values (1, 'two', 3, 4, 5);`);
  actor = await actorOf('reviewer');
});
afterAll(() => fixture.close());

const never = new AbortController().signal;
const place = (schema: string, relation: string) => ({
  server: 'demo',
  database: fixture.target.name,
  schema,
  relation,
});
const part = (name: string) => encodeURIComponent(name).replaceAll('.', '%2E');

async function recordedSql(id: string): Promise<string> {
  const { rows } = await fixture.onStore.query('select sql from query_history where id = $1', [id]);
  return rows[0]?.sql;
}

describe('S29: whatever its name, only the object that is meant is acted on', () => {
  test('every one is listed, by page and by search', async () => {
    const { items } = await listDatabaseRelations(actor, place('', ''), { schema: 'hostile', limit: 1000 });
    expect(items.map(({ name }) => name).sort()).toEqual([...hostileTables].sort());
    const seen: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page = await listDatabaseRelations(actor, place('', ''), { schema: 'hostile', limit: 4, after });
      seen.push(...page.items.map(({ name }) => name));
      after = page.next;
    }
    expect(seen).toEqual(items.map(({ name }) => name));
    const found = await listDatabaseRelations(actor, place('', ''), { q: 'hostile.a\\', limit: 10 });
    expect(found.items.map(({ name }) => name)).toEqual(['a\\b']);
    const starred = await listDatabaseRelations(actor, place('', ''), { q: 'A*', limit: 10 });
    expect(starred.items.map(({ name }) => name)).toContain('a*');
    const schemas = (await listDatabaseSchemas(actor, place('', ''))).map(({ name }) => name);
    expect(schemas).toEqual(expect.arrayContaining([...hostileNames]));
  });

  test.each(hostileTables.map((name) => [name]))('a table named %j', async (name) => {
    const table = place('hostile', decodeName(encodeName(name)));
    const sorted = { sort: `${part(name)}.desc,constructor`, limit: 1, filters: [] };
    const first = await browseRows(actor, table, sorted, never);
    expect(first.key).toEqual([name]);
    const second = await browseRows(actor, table, { ...sorted, after: first.next ?? '' }, never);
    expect([first.rows[0]?.[0], second.rows[0]?.[0]].sort()).toEqual([name, 'other'].sort());
    expect(second.at_end).toBe(true);
    const filters = [`${part(name)}.eq.${name}`];
    expect((await browseRows(actor, table, { filters, limit: 5 }, never)).rows).toEqual([[name, '7', null]]);
    const own: FilterText = { join: 'and', members: filters };
    const either = [writeFilterText({ join: 'or', members: ['constructor.eq.8', own] })];
    expect((await browseRows(actor, table, { filters: either, limit: 5 }, never)).rows).toEqual([
      [name, '7', null],
    ]);
    const estimate = await estimateRows(actor, table, either, never);
    expect(await recordedSql(estimate.query_id)).toMatch(/^explain \(format json\) select .* from hostile\./);
    const { count, query_id } = await countRows(actor, table, { filters }, never);
    expect(count).toBe('1');
    expect(await recordedSql(query_id)).toMatch(/^select pg_catalog\.count\(\*\) from hostile\./);
    const detail = await describeDatabaseRelation(actor, table);
    expect(detail).toMatchObject({ schema: 'hostile', name, comment: `comment of ${name}` });
    expect(detail.columns.map((column) => column.name)).toEqual([name, '__proto__', 'constructor']);
    await fixture.onTarget.query('begin');
    const { rows } = await fixture.onTarget.query("select 'hostile'::regnamespace::oid as oid");
    expect(rows).toHaveLength(1);
    await fixture.onTarget.query('alter schema hostile rename to hostile_before');
    await fixture.onTarget.query(`create schema hostile; ${detail.ddl}`);
    const made = await fixture.onTarget.query(
      "select relname from pg_class where relnamespace = 'hostile'::regnamespace and relkind = 'r'",
    );
    expect(made.rows).toEqual([{ relname: name }]);
    await fixture.onTarget.query('rollback');
  });

  test.each(hostileNames.map((name) => [name]))('a schema named %j', async (schema) => {
    const page = await browseRows(actor, place(schema, 'inside'), { limit: 5, filters: [] }, never);
    expect(page.rows).toHaveLength(2);
    const { items } = await listDatabaseRelations(actor, place('', ''), { schema, limit: 10 });
    expect(items.map((item) => [item.schema, item.name])).toEqual([[schema, 'inside']]);
    expect((await describeDatabaseRelation(actor, place(schema, 'inside'))).schema).toBe(schema);
  });

  test('and the witness lives', async () => {
    expect((await fixture.onTarget.query('select id from public.witness')).rows).toEqual([{ id: 1 }]);
  });
});

test('S35: odd column names keep their values in their places, and change no prototype', async () => {
  const page = await browseRows(actor, place('public', 'oddities'), { limit: 5, filters: [] }, never);
  expect(page.fields.map(({ name }) => name)).toEqual([
    '__proto__',
    'constructor',
    'then',
    '?column?',
    'hasOwnProperty',
  ]);
  expect(page.rows).toEqual([['1', 'two', '3', '4', '5']]);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

describe('S36: NUL and half characters are refused with a message', () => {
  test.each(['a\0b', 'a\ud800b', '\udc00'])('%j', async (text) => {
    const invalid = { code: 'invalid', message: expect.stringMatching(/NUL|surrogate/) };
    expect(() => checkStorable(text, 'A name')).toThrow(expect.objectContaining(invalid));
    const run = (request: Parameters<typeof startScript>[1]) => startScript(actor, request, never);
    await expect(run(requestOf(fixture, `select '${text}'`))).rejects.toMatchObject(invalid);
    await expect(run(requestOf(fixture, 'select $1::text', { params: [text] }))).rejects.toMatchObject(
      invalid,
    );
    const cursor = Buffer.from(JSON.stringify({ s: 'x', p: [text] })).toString('base64url');
    const witness = place('public', 'witness');
    const after = browseRows(actor, witness, { limit: 1, filters: [], after: cursor }, never);
    await expect(after).rejects.toMatchObject({ code: 'invalid' });
  });
});
