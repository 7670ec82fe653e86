import 'server-only';
import type pg from 'pg';
import type { Page, RelationKind, RelationName, RelationSummary } from '../../api-types';
import { listPage, type ObjectFilter } from './object-list';

/** pg_class.relkind of what has a page of its own, and our word for it. */
export const kindOfRelkind: Readonly<Record<string, RelationKind>> = {
  r: 'table',
  p: 'partitioned_table',
  v: 'view',
  m: 'materialized_view',
  f: 'foreign_table',
  S: 'sequence',
};

type ListedRow = {
  schema: string;
  name: string;
  place: string;
  relkind: string;
  rows: string | null;
  bytes: string | null;
  is_partition: string;
  comment: string | null;
};

/**
 * Relations by schema and name. Rows and bytes are what the last VACUUM or ANALYZE saw, null where there was none:
 * asking for exact sizes opens every file.
 */
export async function listRelations(
  client: pg.Client,
  filter: ObjectFilter & { kinds?: RelationKind[] },
): Promise<Page<RelationSummary>> {
  const relkinds = Object.keys(kindOfRelkind).filter(
    (relkind) => filter.kinds?.includes(kindOfRelkind[relkind] as RelationKind) ?? true,
  );
  const page = await listPage<ListedRow>(
    client,
    {
      select: `select n.nspname as schema, c.relname as name, c.oid::pg_catalog.text as place, c.relkind,
          case when c.relkind in ('r', 'p', 'm', 'f') and c.reltuples >= 0 then c.reltuples::pg_catalog.int8 end as rows,
          case when c.relkind in ('r', 'm', 'S') and c.reltuples >= 0 then c.relpages::pg_catalog.int8
            * pg_catalog.current_setting('block_size')::pg_catalog.int8 end as bytes,
          c.relispartition as is_partition, d.description as comment
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        left join pg_catalog.pg_description d
          on d.objoid = c.oid and d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objsubid = 0
        where c.relkind in (${relkinds.map((relkind) => `'${relkind}'`).join(', ')})`,
      name: 'c.relname',
      place: 'c.oid::pg_catalog.text',
    },
    filter,
  );
  return { items: page.items.map(asSummary), next: page.next };
}

function asSummary(row: ListedRow): RelationSummary {
  return {
    schema: row.schema,
    name: row.name,
    kind: kindOfRelkind[row.relkind] as RelationKind,
    estimated_rows: row.rows === null ? null : Number(row.rows),
    size_bytes: row.bytes === null ? null : Number(row.bytes),
    ...(row.is_partition === 't' && { is_partition: true }),
    ...(row.comment !== null && { comment: row.comment }),
  };
}

/** What pg_class says about one relation. */
export type Relation = {
  oid: string;
  schema: string;
  name: string;
  kind: RelationKind;
  owner: string;
  comment: string | null;
  row_security: boolean;
  estimated_rows: number | null;
  partition_of: RelationName | null;
};

/** One relation by its name, or null. */
export async function findRelation(
  client: pg.Client,
  schema: string,
  name: string,
): Promise<Relation | null> {
  const { rows } = await client.query<{ relation: string; relkind: string }>(
    `select c.relkind, pg_catalog.json_build_object(
          'oid', c.oid::pg_catalog.text,
          'schema', n.nspname,
          'name', c.relname,
          'owner', pg_catalog.pg_get_userbyid(c.relowner),
          'comment', pg_catalog.obj_description(c.oid, 'pg_class'),
          'row_security', c.relrowsecurity,
          'estimated_rows', case when c.relkind in ('r', 'p', 'm', 'f') and c.reltuples >= 0
            then c.reltuples::pg_catalog.int8 end,
          'partition_of', (select pg_catalog.json_build_object('schema', pn.nspname, 'relation', p.relname)
            from pg_catalog.pg_inherits i
            join pg_catalog.pg_class p on p.oid = i.inhparent
            join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
            where c.relispartition and i.inhrelid = c.oid)) as relation
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1::pg_catalog.text and c.relname = $2::pg_catalog.text`,
    [schema, name],
  );
  const [row] = rows;
  const kind = kindOfRelkind[row?.relkind ?? ''];
  if (row === undefined || kind === undefined) return null;
  return { ...(JSON.parse(row.relation) as Omit<Relation, 'kind'>), kind };
}

/** Bytes on disk: of the relation with its indexes and TOAST, and of each index by name. */
export type Sizes = { total: number | null; indexes: ReadonlyMap<string, number> };

/** Asks the files: exact, but it waits for whoever holds the relation's lock. */
export async function readSizes(client: pg.Client, oid: string): Promise<Sizes> {
  const { rows } = await client.query<{ name: string | null; bytes: string | null }>(
    `select null as name, pg_catalog.pg_total_relation_size(c.oid) as bytes
      from pg_catalog.pg_class c where c.oid = $1 and c.relkind in ('r', 'm', 'S')
      union all
      select c.relname, pg_catalog.pg_relation_size(c.oid)
      from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
      where i.indrelid = $1 and c.relkind = 'i'`,
    [oid],
  );
  const sizes = new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]));
  const indexes = new Map([...sizes].flatMap(([name, bytes]) => (name === null ? [] : [[name, bytes]])));
  return { total: sizes.get(null) ?? null, indexes };
}
