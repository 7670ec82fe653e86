import { quoteIdentifier, quoteLiteral } from '../sql/literal';

/** Names that break whoever joins them into SQL, a path, a file name or a command line. */
export const hostileNames = [
  'plain',
  'Mixed Case',
  "it's",
  'a"b',
  '"',
  'a.b',
  'a/b',
  'a\\b',
  '.',
  '..',
  '~',
  '~.',
  'a*',
  '-Fp',
  '--',
  'x; drop table public.witness',
  "'); drop table public.witness; --",
  'new\nline',
  'tab\tand\rreturn',
  '%2F%00',
  'a?b=c&d#e',
  '$1',
  ' ',
  'user',
  '🐘🐘',
  'Ünï',
  '‮rtl',
  '__proto__',
  'constructor',
  'then',
  '?column?',
  'ctid ',
  'x'.repeat(63),
  '🐘'.repeat(15),
  '<b onload=alert(1)>',
  '{{7*7}}',
  '=1+1',
] as const;

/** A table, in `schema`, that holds its own name in a column of that name. */
function hostileTable(schema: string, name: string): string {
  const table = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
  const column = quoteIdentifier(name);
  return `create table ${table} (${column} text primary key, "__proto__" int default 7, "constructor" int);
    insert into ${table} (${column}) values (${quoteLiteral(name)}), ('other');
    comment on table ${table} is ${quoteLiteral(`comment of ${name}`)};`;
}

/** Names that hostileTable() can't use for its own column, since the table has them already. */
const taken = new Set<string>(['__proto__', 'constructor']);

/** The names of the tables in the schema `hostile`, each with a column of the same name. */
export const hostileTables = hostileNames.filter((name) => !taken.has(name));

/** One schema a hostile name, and one with a table of each name. `public.witness` must outlive whatever is done. */
export const hostileSql = `
  create table public.witness (id int primary key);
  insert into public.witness values (1);
  create schema hostile;
  ${hostileTables.map((name) => hostileTable('hostile', name)).join('\n')}
  ${hostileNames
    .filter((name) => name !== 'hostile')
    .map((name) => `create schema ${quoteIdentifier(name)}; ${hostileTable(name, 'inside')}`)
    .join('\n')}
`;

/** Tables, views and foreign tables of every odd shape, in the schema `odd`. */
export const oddShapesSql = `
  create extension postgres_fdw;
  create schema odd;
  create table odd.without_key (n int, body text);
  insert into odd.without_key select i, 'row ' || i from generate_series(1, 250) i;
  create table odd.without_rows (id int primary key, body text);
  create table odd.without_columns ();
  insert into odd.without_columns select from generate_series(1, 5);
  create table odd.wide (${Array.from({ length: 1600 }, (_, i) => `c${i} text`).join(', ')});
  insert into odd.wide (c0, c1599) values ('first', repeat('z', 100000));
  create table odd.huge (id int primary key, body text, doc jsonb, raw bytea, pad character(5));
  insert into odd.huge values
    (1, repeat('é', 400000), jsonb_build_object('k', repeat('x', 300000)), decode(repeat('ab', 200000), 'hex'), 'ab'),
    (2, 'short', '{}', '\\x00', 'cd'), (3, null, null, null, null);
  create view odd.failing as select 1 / (g - g) as x from generate_series(1, 3) g;
  create view odd.sleeping as select pg_sleep(60)::text as x;
  create view odd.ordinary as select id, body from odd.huge;
  create materialized view odd.stored as select n, n % 3 as k from odd.without_key;
  create materialized view odd.unfilled as select 1 as x with no data;
  create server dead foreign data wrapper postgres_fdw
    options (host '127.0.0.1', port '1', dbname 'nothing', connect_timeout '2');
  create user mapping for public server dead options (user 'nobody', password 'x');
  create foreign table odd.dead (id int) server dead;
  create sequence odd.counter;
  create table odd.parent (id int primary key, note text);
  create table odd.child () inherits (odd.parent);
  insert into odd.parent select i, 'p' from generate_series(1, 20) i;
  insert into odd.child select i, 'c' from generate_series(11, 30) i;
  create table odd.parts (id int, at int, primary key (id, at)) partition by range (at);
  create table odd.parts_1 partition of odd.parts for values from (0) to (50);
  create table odd.parts_2 partition of odd.parts default;
  insert into odd.parts select i, i * 7 % 100 from generate_series(1, 200) i;
  create table odd.log (at int, line text) partition by range (at);
  create table odd.log_1 partition of odd.log for values from (0) to (50);
  create table odd.log_2 partition of odd.log default;
  insert into odd.log select i % 100, 'line ' || i from generate_series(1, 200) i;
  create table odd.secret (id int primary key, hidden text);
  insert into odd.secret values (1, 'x');
`;
