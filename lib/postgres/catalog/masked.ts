import 'server-only';
import type pg from 'pg';

/** Two relations of which rows of one are rows of the other: a parent and its child or partition. */
export type Inheritance = { parent: string; child: string };

/** A column that PostgreSQL computes from another of the same relation and stores or shows. */
export type GeneratedColumn = { oid: string; name: string; from: string };

/** A view that reads a relation, and the columns of it that pg_depend knows of. */
export type ViewDependency = { view: string; relation: string; columns: string[] };

/** Who inherits from whom in this database, partitions included. */
export async function listInheritance(client: pg.Client): Promise<Inheritance[]> {
  const { rows } = await client.query<Inheritance>(
    `select h.inhparent::pg_catalog.text as parent, h.inhrelid::pg_catalog.text as child
      from pg_catalog.pg_inherits h join pg_catalog.pg_class c on c.oid = h.inhrelid
      where c.relkind in ('r', 'p', 'f')`,
  );
  return rows;
}

/** The generated columns of this database with each column that they are computed from. */
export async function listGeneratedColumns(client: pg.Client): Promise<GeneratedColumn[]> {
  const { rows } = await client.query<GeneratedColumn>(
    `select g.attrelid::pg_catalog.text as oid, g.attname as name, a.attname as "from"
      from pg_catalog.pg_attribute g
      join pg_catalog.pg_attrdef f on f.adrelid = g.attrelid and f.adnum = g.attnum
      join pg_catalog.pg_depend d on d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.refobjid = g.attrelid and d.refobjsubid > 0 and d.refobjsubid <> g.attnum
        and ((d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass and d.objid = f.oid)
          or (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = g.attrelid and d.objsubid = g.attnum))
      join pg_catalog.pg_attribute a on a.attrelid = g.attrelid and a.attnum = d.refobjsubid
      where g.attgenerated <> '' and not g.attisdropped`,
  );
  return rows;
}

/** Every view and materialized view with what it reads. A use of a whole row is no column to pg_depend. */
export async function listViewDependencies(client: pg.Client): Promise<ViewDependency[]> {
  const { rows } = await client.query<{ view: string; relation: string; columns: string }>(
    `select r.ev_class::pg_catalog.text as view, d.refobjid::pg_catalog.text as relation,
        coalesce(pg_catalog.json_agg(a.attname) filter (where a.attname is not null), '[]')::pg_catalog.text as columns
      from pg_catalog.pg_depend d
      join pg_catalog.pg_rewrite r on r.oid = d.objid
      left join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid and a.attnum > 0
      where d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
        and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> r.ev_class
      group by r.ev_class, d.refobjid`,
  );
  return rows.map(({ columns, ...row }) => ({ ...row, columns: JSON.parse(columns) as string[] }));
}

/** A view's query as SQL. Search for names in it with search_path empty. */
export async function readViewDefinition(client: pg.Client, oid: string): Promise<string> {
  const { rows } = await client.query<{ definition: string }>(
    'select pg_catalog.pg_get_viewdef($1::pg_catalog.oid) as definition',
    [oid],
  );
  return rows[0]?.definition ?? '';
}

/** Names that secrets usually have, for a proposal; whether they are masked is for a person to say. */
const secretNames =
  '^(.*_)?(password|passwd|pwd|passphrase|password_hash|hashed_password|encrypted_password|password_digest|pass_hash|secret|client_secret|secret_key|api_key|apikey|access_token|refresh_token|auth_token|reset_token|token_hash|private_key|otp_secret|totp_secret|mfa_secret|pin_code|ssn|card_number|cvv)$';

/** Columns of tables whose names say that they hold secrets. */
export async function proposeMasks(
  client: pg.Client,
): Promise<{ schema: string; relation: string; column: string }[]> {
  const { rows } = await client.query<{ schema: string; relation: string; column: string }>(
    `select n.nspname as schema, c.relname as relation, a.attname as column
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'f') and not c.relispartition
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where a.attnum > 0 and not a.attisdropped and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and a.attname ~* $1
      order by n.nspname, c.relname, a.attnum`,
    [secretNames],
  );
  return rows;
}
