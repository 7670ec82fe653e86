import 'server-only';
import type pg from 'pg';
import type { RelationReference } from '../../api-types';
import { columnNames } from './constraints';

/** The foreign keys that refer to a table. One of a partitioned table stands once, not once a partition. */
export async function listReferences(client: pg.Client, oid: string): Promise<RelationReference[]> {
  const { rows } = await client.query<{ reference: string }>(
    `select pg_catalog.json_build_object(
          'schema', n.nspname,
          'relation', r.relname,
          'constraint', c.conname,
          'columns', ${columnNames('c.conrelid', 'c.conkey')},
          'foreign_columns', ${columnNames('c.confrelid', 'c.confkey')}) as reference
      from pg_catalog.pg_constraint c
      join pg_catalog.pg_class r on r.oid = c.conrelid
      join pg_catalog.pg_namespace n on n.oid = r.relnamespace
      where c.confrelid = $1 and c.contype = 'f' and c.conparentid = 0
      order by n.nspname, r.relname, c.conname`,
    [oid],
  );
  return rows.map((row) => JSON.parse(row.reference) as RelationReference);
}
