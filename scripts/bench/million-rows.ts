import { ensureDatabase } from './database';

/** The database with the table `events` of a million rows. */
export const million = 'bench_rows';

export const millionRows = 1_000_000;

/** `score` has 10,000 values of about 100 rows each, and NULL in 1,000 rows. The text is as compressible as prose. */
const statements = [
  `create table events (
    id integer primary key,
    user_id integer not null,
    score integer,
    kind text not null,
    body text not null,
    created_at timestamptz not null
  )`,
  `insert into events
    select i, hashint4(i) & 65535, case when i % 1000 <> 0 then abs(hashint4(i + 1)::bigint) % 10000 end,
      (array['sign-in', 'page view', 'export', 'password reset'])[1 + (hashint4(i) & 3)],
      repeat('The request was answered. ', 1 + (hashint4(i) & 3)) || md5(i::text),
      timestamptz '2024-01-01 00:00:00+00' + i * interval '37 seconds'
    from generate_series(1, ${millionRows}) i`,
  'create index events_score on events (score)',
  'vacuum analyze',
  'grant select on all tables in schema public to howdah_read, howdah_write',
  'checkpoint',
];

/** Makes the database of a million rows, once in a run of the bench. */
export function ensureMillionRows(urlOf: (database: string) => string): Promise<void> {
  return ensureDatabase(urlOf, million, statements);
}
