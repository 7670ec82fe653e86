import 'server-only';
import type pg from 'pg';
import type { DatabaseLocale } from '../../job-types';
import type { DumpTable } from '../dump-progress';

/** A database as it is when it is backed up. */
export type SourceDatabase = {
  /** As server_version_num: 150018. */
  serverVersion: number;
  sizeBytes: number;
  encoding: string;
  locale: DatabaseLocale;
  /** The tables whose rows a dump holds, and their sizes. */
  tables: DumpTable[];
};

/** Describes the connected database. The columns for the locale differ by version, hence the row as JSON. */
export async function describeSource(client: pg.Client): Promise<SourceDatabase> {
  const { rows } = await client.query<{ version: string; size: string; encoding: string; database: string }>(
    `select pg_catalog.current_setting('server_version_num') as version,
        pg_catalog.pg_database_size(d.oid) as size,
        pg_catalog.pg_encoding_to_char(d.encoding) as encoding,
        (pg_catalog.to_jsonb(d) - 'datacl')::pg_catalog.text as database
      from pg_catalog.pg_database d where d.datname = pg_catalog.current_database()`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the connected database is not in pg_database');
  return {
    serverVersion: Number(row.version),
    sizeBytes: Number(row.size),
    encoding: row.encoding,
    locale: localeOf(JSON.parse(row.database)),
    tables: await listDumpTables(client),
  };
}

type DatabaseJson = {
  datcollate: string;
  datctype: string;
  datlocprovider?: string;
  daticulocale?: string | null;
  datlocale?: string | null;
};

function localeOf(database: DatabaseJson): DatabaseLocale {
  return {
    provider: database.datlocprovider ?? 'c',
    collate: database.datcollate,
    ctype: database.datctype,
    locale: database.datlocale ?? database.daticulocale ?? null,
  };
}

/**
 * The tables whose rows pg_dump writes: no system's, no temporary ones, no extension's. Their sizes are those that the
 * last VACUUM or ANALYZE saw: to look at the files would wait for whoever has a table locked.
 */
export async function listDumpTables(client: pg.Client): Promise<DumpTable[]> {
  const { rows } = await client.query<{ schema: string; name: string; bytes: string }>(
    `select n.nspname as schema, c.relname as name,
        (c.relpages + coalesce(t.relpages, 0)) * pg_catalog.current_setting('block_size')::bigint as bytes
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      left join pg_catalog.pg_class t on t.oid = c.reltoastrelid
      where c.relkind = 'r' and c.relpersistence <> 't'
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and not exists (
          select from pg_catalog.pg_depend e
          where e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid and e.deptype = 'e'
        )`,
  );
  return rows.map(({ bytes, ...table }) => ({ ...table, bytes: Number(bytes) }));
}
