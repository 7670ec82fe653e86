import 'server-only';
import type pg from 'pg';
import type { InventoryObject } from '../../manifest';
import { accessInventory } from './inventory-access';
import { relationInventory } from './inventory-relations';
import { routineInventory } from './inventory-routines';

/** What only a dump with rows restores. */
const rowInventory = `
select pg_catalog.format('rows of %s', c.oid::pg_catalog.regclass) as name, c.relispopulated::pg_catalog.text as is,
    null as sql, '{}'::pg_catalog.name[] as roles, null as about
  from pg_catalog.pg_class c where c.relkind = 'm'
union all
select pg_catalog.format('large object %s', oid), '', null, '{}', null from pg_catalog.pg_largeobject_metadata`;

type Row = Omit<InventoryObject, 'is' | 'roles'> & { is: string | null; roles: string };

/**
 * The objects of the connected database, each with what it is, as far as a dump and its restore keep it; those of extensions
 * come with their extension. `hasRows`: whether a dump of it holds rows. Read with search_path `pg_catalog`, so that every
 * name is whole.
 */
export async function listInventory(client: pg.Client, hasRows: boolean): Promise<InventoryObject[]> {
  const objects = new Map<string, InventoryObject>();
  const parts = [relationInventory, routineInventory, accessInventory, ...(hasRows ? [rowInventory] : [])];
  for (const part of parts) {
    const { rows } = await client.query<Row>(
      `select name, "is", sql, pg_catalog.to_json(roles) as roles, about from (${part}) part`,
    );
    for (const row of rows) add(objects, row);
  }
  return [...objects.values()];
}

/** An object that several questions are about is one. */
function add(objects: Map<string, InventoryObject>, { name, is, sql, roles, about }: Row): void {
  const known = objects.get(name);
  objects.set(name, {
    name,
    is: [known?.is, is].filter(Boolean).join('; '),
    sql: sql ?? known?.sql ?? null,
    roles: JSON.parse(roles) as string[],
    about,
  });
}
