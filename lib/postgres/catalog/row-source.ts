import 'server-only';
import type pg from 'pg';
import type { RelationKind, RowForeignKey } from '../../api-types';
import { columnNames } from './constraints';
import { kindOfRelkind } from './relations';

/** A column as a page of rows needs to know it. */
export type SourceColumn = {
  /** pg_attribute.attnum. */
  number: number;
  name: string;
  /** The type as a result names it: a domain's base. */
  type: string;
  type_oid: number;
  /** Schema and name of the type that values of the column are cast back to. */
  cast_schema: string;
  cast_name: string;
  /** pg_attribute.attcollation; `0` where it has none. */
  collation: string;
  is_not_null: boolean;
  /** Its text has no useful limit, so that it is cut on the server. */
  is_wide: boolean;
  /** PostgreSQL's own operators compare it, not those of an extension. */
  is_system: boolean;
  is_sortable: boolean;
  /** `@>` is what "contains" means for it. */
  is_container: boolean;
  is_readable: boolean;
};

/** A relation as a page of rows needs to know it. */
export type RowSource = {
  oid: string;
  schema: string;
  name: string;
  kind: RelationKind;
  estimated_rows: number | null;
  columns: SourceColumn[];
  /** Unique keys without NULL over all rows: the primary key first, then by number of columns. */
  keys: string[][];
  /** Its rows lie in one file, so that ctid alone names a row. */
  is_single_heap: boolean;
  /** Its rows have a ctid, each in its table. */
  has_ctid: boolean;
  has_row_security: boolean;
  foreign_keys: RowForeignKey[];
};

/** What a page of rows needs to know about a relation, in one round trip; null where there is none. */
export async function findRowSource(
  client: pg.Client,
  schema: string,
  name: string,
): Promise<RowSource | null> {
  const { rows } = await client.query<{ relkind: string; source: string }>(sourceSql, [schema, name]);
  const [row] = rows;
  const kind = kindOfRelkind[row?.relkind ?? ''];
  if (row === undefined || kind === undefined) return null;
  const { unique_indexes, foreign_keys, ...source } = JSON.parse(row.source) as Listed;
  const { columns } = source;
  return {
    ...source,
    kind,
    keys: unique_indexes.flatMap((index) => keyOf(columns, index) ?? []),
    foreign_keys: foreign_keys.map(({ numbers, ...key }) => ({ ...key, columns: namesOf(columns, numbers) })),
  };
}

/** What the query answers. Numbers of columns become names here: joins for that would be half of its planning. */
type Listed = Omit<RowSource, 'kind' | 'keys' | 'foreign_keys'> & {
  unique_indexes: UniqueIndex[];
  foreign_keys: (Omit<RowForeignKey, 'columns'> & { numbers: number[] })[];
};

/** A unique index's columns, those of its key first, and the collations of the key. */
type UniqueIndex = { length: number; numbers: number[]; collations: string[] };

/** The names of an index's key; null where it holds an expression, lets NULL in, or compares in its own way. */
function keyOf(columns: SourceColumn[], { length, numbers, collations }: UniqueIndex): [string[]] | null {
  const names = numbers.slice(0, length).flatMap((number, place) => {
    const found = columns.find((candidate) => candidate.number === number);
    return found?.is_not_null && found.collation === collations[place] ? [found.name] : [];
  });
  return names.length === length ? [names] : null;
}

function namesOf(columns: SourceColumn[], numbers: number[]): string[] {
  return numbers.flatMap((number) => columns.find((candidate) => candidate.number === number)?.name ?? []);
}

/** Types of PostgreSQL whose values have no order. */
const unordered = [
  'json',
  'xml',
  'point',
  'line',
  'lseg',
  'box',
  'path',
  'polygon',
  'circle',
  'xid',
  'cid',
  'jsonpath',
]
  .flatMap((name) => [`'${name}'`, `'_${name}'`])
  .join(', ');

const column = `pg_catalog.json_build_object(
    'number', a.attnum,
    'name', a.attname,
    'type', b.typname,
    'type_oid', b.oid::pg_catalog.int8,
    'cast_schema', tn.nspname,
    'cast_name', t.typname,
    'collation', a.attcollation::pg_catalog.text,
    'is_not_null', a.attnotnull and not exists (select from pg_catalog.pg_constraint k
      where k.conrelid = c.oid and k.contype = 'n' and not k.convalidated and a.attnum = any (k.conkey)),
    'is_wide', not (b.typlen > 0 or b.typtype = 'e'
      or b.oid in ('numeric'::pg_catalog.regtype, 'inet'::pg_catalog.regtype, 'cidr'::pg_catalog.regtype)
      or (b.oid in ('varchar'::pg_catalog.regtype, 'bpchar'::pg_catalog.regtype) and a.atttypmod between 4 and 4100)),
    'is_system', b.typtype in ('e', 'r', 'm', 'c') or b.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
      or b.typcategory = 'A',
    'is_sortable', case
      when b.typnamespace = 'pg_catalog'::pg_catalog.regnamespace then b.typname not in (${unordered})
      when b.typtype in ('e', 'r', 'm') or b.typcategory = 'A' then true
      else exists (select from pg_catalog.pg_opclass o join pg_catalog.pg_am m on m.oid = o.opcmethod
        where m.amname = 'btree' and o.opcdefault and o.opcintype = b.oid) end,
    'is_container', b.typcategory = 'A' or b.typtype in ('r', 'm') or b.oid = 'jsonb'::pg_catalog.regtype,
    'is_readable', p.is_readable or pg_catalog.has_column_privilege(c.oid, a.attnum, 'select'))`;

const columns = `array(select ${column}
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_type t on t.oid = a.atttypid
  join pg_catalog.pg_namespace tn on tn.oid = t.typnamespace
  join pg_catalog.pg_type b on b.oid = case t.typtype when 'd' then t.typbasetype else t.oid end
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  order by a.attnum)`;

/**
 * Indexes whose keys may order and name all rows: valid unique B-trees, compared as their types are by default. A
 * table that others inherit from has none: its index does not cover their rows.
 */
const uniqueIndexes = `array(select pg_catalog.json_build_object(
      'length', i.indnkeyatts,
      'numbers', i.indkey::pg_catalog.int2[],
      'collations', i.indcollation::pg_catalog.oid[]::pg_catalog.text[])
  from pg_catalog.pg_index i
  where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null
    and (c.relkind = 'p' or not c.has_children)
    and not exists (select from pg_catalog.pg_opclass o
      where o.oid = any (i.indclass::pg_catalog.oid[]) and not o.opcdefault)
  order by i.indisprimary desc, i.indnkeyatts, i.indexrelid)`;

const foreignKeys = `array(select pg_catalog.json_build_object(
      'schema', rn.nspname,
      'relation', r.relname,
      'numbers', k.conkey,
      'foreign_columns', ${columnNames('k.confrelid', 'k.confkey')})
    from pg_catalog.pg_constraint k
    join pg_catalog.pg_class r on r.oid = k.confrelid
    join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
    where k.conrelid = c.oid and k.contype = 'f'
    order by k.conname)`;

/** The rows of a partitioned table: its own estimate, else the sum of its partitions' once all have one. */
const partitionRows = `(select case when pg_catalog.min(l.reltuples) >= 0
    then pg_catalog.sum(l.reltuples)::pg_catalog.int8 end
  from pg_catalog.pg_partition_tree(c.oid) t
  join pg_catalog.pg_class l on l.oid = t.relid
  where t.isleaf)`;

const sourceSql = `select c.relkind, pg_catalog.json_build_object(
    'oid', c.oid::pg_catalog.text,
    'schema', c.nspname,
    'name', c.relname,
    'estimated_rows', case
      when c.relkind in ('r', 'p', 'm', 'f') and c.reltuples >= 0 then c.reltuples::pg_catalog.int8
      when c.relkind = 'p' then ${partitionRows} end,
    'columns', ${columns},
    'unique_indexes', ${uniqueIndexes},
    'is_single_heap', c.relkind in ('r', 'm') and not c.has_children,
    'has_ctid', c.relkind in ('r', 'm', 'p'),
    'has_row_security', c.relrowsecurity,
    'foreign_keys', ${foreignKeys}) as source
  from (select n.nspname, k.*,
        k.relkind = 'r' and k.relhassubclass
          and exists (select from pg_catalog.pg_inherits h where h.inhparent = k.oid) as has_children
      from pg_catalog.pg_class k
      join pg_catalog.pg_namespace n on n.oid = k.relnamespace
      where n.nspname = $1::pg_catalog.text and k.relname = $2::pg_catalog.text) c,
    lateral (select pg_catalog.has_table_privilege(c.oid, 'select') as is_readable) p`;
