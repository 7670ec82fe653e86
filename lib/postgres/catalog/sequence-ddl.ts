import 'server-only';
import type pg from 'pg';

/** The statement that makes a sequence again. Its present value is not part of it. */
export async function readSequenceDdl(client: pg.Client, oid: string, name: string): Promise<string[]> {
  const { rows } = await client.query<{ clauses: string }>(
    `select pg_catalog.concat_ws(' ',
          'as ' || pg_catalog.format_type(s.seqtypid, null),
          'increment by ' || s.seqincrement,
          'minvalue ' || s.seqmin,
          'maxvalue ' || s.seqmax,
          'start with ' || s.seqstart,
          'cache ' || s.seqcache,
          case when s.seqcycle then 'cycle' end) as clauses
      from pg_catalog.pg_sequence s where s.seqrelid = $1`,
    [oid],
  );
  return rows.map(({ clauses }) => `create sequence ${name} ${clauses}`);
}
