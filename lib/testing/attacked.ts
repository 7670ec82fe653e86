import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { expect } from 'vitest';
import { refreshWall } from '../run-wall';
import { quoteLiteral } from '../sql/literal';
import { putChoice } from '../store/walls';
import { type Fixture, openFixture } from './fixture';

export type Attacked = {
  fixture: Fixture;
  /** An attack's text with its file and a backend in it. */
  fill(sql: string, pid?: number): string;
  /** Fails where an attack has changed anything. */
  expectUnharmed(): Promise<void>;
  close(): Promise<void>;
};

/** A server whose wall stands around the schemas `public` and `t` of a database that begs to be written. */
export async function openAttacked(): Promise<Attacked> {
  const file = path.join(tmpdir(), `howdah-attack-${process.pid}`);
  const fixture = await openFixture('');
  await fixture.onTarget.query(attackedSql(fixture.target.url));
  await fixture.onTarget.query("select pg_create_physical_replication_slot('kept')");
  const { rows } = await fixture.onStore.query('select id from servers');
  await putChoice(rows[0].id, { database: fixture.target.name, schemas: ['public', 't'], masks: [] });
  await refreshWall(rows[0].id);
  const before = await checksum(fixture.onTarget);
  return {
    fixture,
    fill: (sql, pid = 1) => sql.replaceAll('{file}', file).replaceAll('{pid}', String(pid)),
    async expectUnharmed() {
      expect(await checksum(fixture.onTarget)).toBe(before);
      await expect(access(file)).rejects.toMatchObject({ code: 'ENOENT' });
    },
    async close() {
      await fixture.onTarget.query("select pg_drop_replication_slot('kept')");
      await fixture.close();
    },
  };
}

/**
 * A database that begs to be written: functions with their owner's rights, views that call them, a foreign table back to
 * itself as a superuser, a large object, a closed schema. `url` is a superuser's of this very database.
 */
function attackedSql(url: string): string {
  const { hostname, port, username, password, pathname } = new URL(url);
  const option = (text: string) => quoteLiteral(decodeURIComponent(text));
  return `
    create extension dblink;
    create extension postgres_fdw;
    create schema t;
    create table t.rows (id int primary key, body text);
    insert into t.rows select i, 'row ' || i from generate_series(1, 50) i;
    create sequence t.counter;
    create materialized view t.stored as select count(*) from t.rows;
    create function t.writes() returns int language plpgsql as $$ begin insert into t.rows values (900); return 1; end $$;
    create function t.definer_writes() returns int language plpgsql security definer
      as $$ begin insert into t.rows values ((random() * 1e9)::int + 1000); return 1; end $$;
    create function t.definer_sequence() returns bigint language sql security definer as $$ select nextval('t.counter') $$;
    create view t.view_that_writes as select t.definer_writes() as n;
    create function t.stable_that_writes() returns int language plpgsql stable security definer
      as $$ begin execute 'delete from t.rows'; return 1; end $$;
    create function t.immutable_that_writes() returns int language plpgsql immutable security definer
      as $$ begin return t.definer_writes(); end $$;
    create function t.rows_of(query text) returns setof int language plpgsql security definer
      as $$ begin return query execute query; end $$;
    create function t.leaves_by_set() returns int language plpgsql security definer
      as $$ begin perform set_config('transaction_read_only', 'off', false); delete from t.rows; return 1; end $$;
    create procedure t.leaves() language plpgsql
      as $$ begin commit; set transaction read write; delete from t.rows; end $$;
    create server loopback foreign data wrapper postgres_fdw
      options (host ${quoteLiteral(hostname)}, port ${quoteLiteral(port)}, dbname ${option(pathname.slice(1))});
    create user mapping for public server loopback options (user ${option(username)}, password ${option(password)});
    create foreign table t.remote_rows (id int, body text) server loopback options (schema_name 't', table_name 'rows');
    create foreign table t.remote_view_that_writes (n int) server loopback
      options (schema_name 't', table_name 'view_that_writes');
    create schema closed;
    create table closed.ledger (id int, amount int);
    insert into closed.ledger values (1, 100);
    select lo_from_bytea(4242, 'large');
  `;
}

/** Everything of a database and its server that an attack could change, as one hash. */
async function checksum(client: pg.Client): Promise<string> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`,
  );
  const contents = tables.map(
    ({ name }) => `select md5(string_agg(x::text, '|' order by x::text)) from ${name} x`,
  );
  const catalogues = [
    "select string_agg(relname || coalesce(relacl::text, ''), '|' order by oid) from pg_class where relname !~ '^pg_(toast|temp)'",
    'select string_agg(proname || proowner::text, $$|$$ order by oid) from pg_proc',
    'select string_agg(nspname, $$|$$ order by oid) from pg_namespace where nspname !~ $$^pg_(toast_)?temp$$',
    'select string_agg(rolname || rolsuper::text || coalesce(rolpassword, $$$$), $$|$$ order by oid) from pg_authid',
    'select string_agg(setconfig::text, $$|$$ order by setdatabase, setrole) from pg_db_role_setting',
    'select string_agg(roleid::text || member::text, $$|$$ order by roleid, member) from pg_auth_members',
    'select string_agg(loid::text || encode(data, $$hex$$), $$|$$ order by loid, pageno) from pg_largeobject',
    'select string_agg(slot_name, $$|$$ order by slot_name) from pg_replication_slots',
    'select string_agg(extname, $$|$$ order by extname) from pg_extension',
    'select string_agg(srvname, $$|$$ order by srvname) from pg_foreign_server',
    'select string_agg(datname, $$|$$ order by datname) from pg_database where datname !~ $$^test_$$',
    "select string_agg(name || coalesce(setting, ''), '|' order by seqno) from pg_file_settings",
    'select string_agg(coalesce(description, $$$$), $$|$$ order by objoid, objsubid) from pg_description where objoid > 16384',
    'select last_value::text || is_called::text from t.counter',
    'select string_agg(gid, $$|$$) from pg_prepared_xacts',
    "select count(*)::text from pg_locks where locktype = 'advisory'",
    'select stats_reset::text from pg_stat_database where datname = current_database()',
  ];
  const { rows } = await client.query<{ hash: string }>(
    `select md5(array[${[...contents, ...catalogues].map((sql) => `(${sql})`).join(', ')}]::text) as hash`,
  );
  return rows[0]?.hash ?? '';
}
