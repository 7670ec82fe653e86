import 'server-only';
import type pg from 'pg';
import type { RelationTrigger } from '../../api-types';

/** The triggers of a relation by name; those that PostgreSQL makes for foreign keys are left out. */
export async function listTriggers(client: pg.Client, oid: string): Promise<RelationTrigger[]> {
  const { rows } = await client.query<RelationTrigger>(
    `select t.tgname as name,
        pg_catalog.pg_get_triggerdef(t.oid) as definition,
        case t.tgenabled when 'O' then 'origin' when 'A' then 'always' when 'R' then 'replica' else 'disabled' end
          as enabled
      from pg_catalog.pg_trigger t
      where t.tgrelid = $1 and not t.tgisinternal
      order by t.tgname`,
    [oid],
  );
  return rows;
}
