import 'server-only';
import type pg from 'pg';
import type { RelationDependency } from '../../api-types';
import { kindOfRelkind } from './relations';

/** The relations that a view reads. */
export function listReadRelations(client: pg.Client, oid: string): Promise<RelationDependency[]> {
  return listAcrossRules(client, oid, { from: 'r.ev_class', to: 'd.refobjid' });
}

/** The views that read a relation. */
export function listReadingViews(client: pg.Client, oid: string): Promise<RelationDependency[]> {
  return listAcrossRules(client, oid, { from: 'd.refobjid', to: 'r.ev_class' });
}

/** A view's query is a rule, and what the rule depends on is what the view reads. */
async function listAcrossRules(
  client: pg.Client,
  oid: string,
  { from, to }: { from: string; to: string },
): Promise<RelationDependency[]> {
  const { rows } = await client.query<{ schema: string; relation: string; relkind: string }>(
    `select distinct n.nspname as schema, c.relname as relation, c.relkind
      from pg_catalog.pg_depend d
      join pg_catalog.pg_rewrite r on r.oid = d.objid
      join pg_catalog.pg_class c on c.oid = ${to}
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
        and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and ${from} = $1 and ${to} <> ${from}
      order by n.nspname, c.relname`,
    [oid],
  );
  return rows.flatMap(({ relkind, ...name }) => {
    const kind = kindOfRelkind[relkind];
    return kind === undefined ? [] : [{ ...name, kind }];
  });
}
