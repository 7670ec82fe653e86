import type { Page, RelationSummary } from '@/lib/api-types';
import type { ApiClient } from '../api-client';
import { ensureDatabase } from './database';
import { readDirect, warmConnection } from './floors';
import { alternate, median, timed } from './measure';
import { type Report, reportTimes } from './report';

const database = 'bench_tables';
const schemas = 20;
const tables = 5_000;
const path = `/api/v1/servers/demo/databases/${database}/relations?limit=10000`;

/** A schema a transaction: all tables in one would need more locks than PostgreSQL has by default. */
const statements = [
  `do $$ begin
    for s in 1..${schemas} loop
      execute format('create schema area_%s', s);
      for t in 1..${tables / schemas} loop
        execute format('create table area_%s.things_%s (id integer primary key, body text)', s, t);
      end loop;
      commit;
    end loop;
  end $$`,
  'vacuum analyze pg_catalog.pg_class',
  'vacuum analyze pg_catalog.pg_namespace',
  'vacuum analyze pg_catalog.pg_description',
  'checkpoint',
];

/** What a list of relations says, as plainly as it can be asked. */
const bareSql = `select n.nspname, c.relname, c.relkind, c.reltuples, c.relpages, c.relispartition, d.description
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_description d
    on d.objoid = c.oid and d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objsubid = 0
  where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  order by n.nspname, c.relname`;

/** All relations of a database with 5,000 tables through the API, against one catalogue query by pg. */
export async function benchRelations(
  client: ApiClient,
  urlOf: (database: string) => string,
): Promise<Report[]> {
  await ensureDatabase(urlOf, database, statements);
  const floor = await warmConnection(urlOf(database));
  try {
    const results = await alternate(15, {
      floor: () => timed(async () => expectTables((await readDirect(floor, bareSql)).length)),
      howdah: () => timed(async () => expectTables(await countRelations(client))),
    });
    const [floorMs, howdahMs] = [median(results.floor ?? []), median(results.howdah ?? [])];
    const name = `the list of ${tables.toLocaleString('en')} tables`;
    return [reportTimes({ name, floor: 'one catalogue query', floorMs, howdahMs, factor: 4 })];
  } finally {
    await floor.end();
  }
}

async function countRelations(client: ApiClient): Promise<number> {
  const { status, text } = await client.text('GET', path);
  if (status !== 200) throw new Error(`${path} answered ${status}: ${text.slice(0, 500)}`);
  return (JSON.parse(text) as Page<RelationSummary>).items.length;
}

function expectTables(count: number): void {
  if (count !== tables) throw new Error(`${count} of ${tables} tables were listed`);
}
