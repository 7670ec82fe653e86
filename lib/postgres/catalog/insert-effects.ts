import 'server-only';
import type pg from 'pg';

/**
 * Whether a relation tells a COPY from an INSERT, or many of them from one: by rules, by triggers that fire once a statement,
 * by a foreign key to itself (a row may point at a later one of the same statement), by row security, which COPY does not know,
 * or by an identity that is always generated, which COPY overrides.
 */
export async function hasInsertEffects(client: pg.Client, oid: string, columns: string[]): Promise<boolean> {
  const { rows } = await client.query<{ has_effects: string }>(
    `select c.relhasrules or c.relrowsecurity
        or exists (select from pg_catalog.pg_trigger t
          where t.tgrelid = c.oid and not t.tgisinternal and t.tgtype & 1 = 0 and t.tgtype & 4 = 4)
        or exists (select from pg_catalog.pg_constraint k
          where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = c.oid)
        or exists (select from pg_catalog.pg_attribute a
          where a.attrelid = c.oid and a.attidentity = 'a' and a.attname = any ($2::pg_catalog.text[])) as has_effects
      from pg_catalog.pg_class c
      where c.oid = $1`,
    [oid, columns],
  );
  return rows[0]?.has_effects !== 'f';
}

/** The names of a relation's foreign keys to itself: a row may point at a later one of the same statement. */
export async function listSelfReferences(client: pg.Client, oid: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select k.conname as name from pg_catalog.pg_constraint k
      where k.conrelid = $1 and k.confrelid = $1 and k.contype = 'f'`,
    [oid],
  );
  return rows.map(({ name }) => name);
}
