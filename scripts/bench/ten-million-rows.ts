import { ensureDatabase } from './database';

/** The database with the table `events` of ten million rows. */
export const tenMillion = 'bench_ten_million';

export const tenMillionRows = 10_000_000;

/** `user_id` has 65,536 values, most of them rare; two fifths of the ids lie in the last tenth of their range. */
const statements = [
  'create table events (id bigint not null, user_id integer not null, score integer, created_at timestamptz not null)',
  `insert into events
    select case when i % 5 < 3 then i else i + 90000000 end, (65536 * power((hashint4(i) & 65535) / 65536.0, 3))::integer,
      case when i % 1000 <> 0 then abs(hashint4(i + 1)::bigint) % 10000 end,
      timestamptz '2024-01-01 00:00:00+00' + i * interval '3 seconds'
    from generate_series(1, ${tenMillionRows}) i`,
  'alter table events add primary key (id)',
  'create index on events (user_id, id)',
  'create index on events (created_at, id)',
  'vacuum analyze',
  'grant select on all tables in schema public to howdah_read',
  'checkpoint',
];

/** Makes the database of ten million rows, once in a run of the bench. */
export function ensureTenMillionRows(urlOf: (database: string) => string): Promise<void> {
  return ensureDatabase(urlOf, tenMillion, statements);
}
