import 'server-only';
import type pg from 'pg';
import type { RelationDetail } from '../../api-types';
import { listColumns } from './columns';
import { listConstraints } from './constraints';
import { listReadingViews, listReadRelations } from './dependencies';
import { listIndexes } from './indexes';
import { listPolicies } from './policies';
import { listReferences } from './references';
import { qualifiedName, relationDdl } from './relation-ddl';
import { findRelation, type Relation, readSizes } from './relations';
import { readSequenceDdl } from './sequence-ddl';
import { readTableDdl } from './table-ddl';
import { listTriggers } from './triggers';
import { readViewDdl } from './view-ddl';

/**
 * Everything about one relation, or null where there is none: in one snapshot, and with search_path empty so that
 * every definition names its schemas. While another session holds the relation's lock PostgreSQL tells nobody its
 * definitions: that throws after two seconds.
 */
export async function describeRelation(
  client: pg.Client,
  schema: string,
  name: string,
): Promise<RelationDetail | null> {
  await client.query(
    "begin transaction isolation level repeatable read read only; set local search_path = ''; set local lock_timeout = '2s'",
  );
  const relation = await findRelation(client, schema, name);
  const description = relation === null ? null : await describe(client, relation);
  await client.query('commit');
  return description;
}

async function describe(client: pg.Client, relation: Relation): Promise<RelationDetail> {
  const { oid, ...facts } = relation;
  const parts = {
    columns: await listColumns(client, oid),
    constraints: await listConstraints(client, oid),
    indexes: await listIndexes(client, oid),
    triggers: await listTriggers(client, oid),
    policies: await listPolicies(client, oid),
  };
  const { create, ...ofView } = await readCreate(client, relation);
  const { total, indexes } = await readSizes(client, oid);
  return {
    ...facts,
    ...parts,
    indexes: parts.indexes.map((index) => ({ ...index, size_bytes: indexes.get(index.name) ?? null })),
    size_bytes: total,
    referenced_by: await listReferences(client, oid),
    used_by: await listReadingViews(client, oid),
    ...ofView,
    ddl: relationDdl(create, { ...relation, ...parts }),
  };
}

async function readCreate(
  client: pg.Client,
  { oid, schema, name, kind }: Relation,
): Promise<{ create: string[] } & Pick<RelationDetail, 'definition' | 'depends_on'>> {
  const qualified = qualifiedName(schema, name);
  switch (kind) {
    case 'view':
    case 'materialized_view': {
      const { definition, ddl } = await readViewDdl(client, oid, qualified);
      return { create: ddl, definition, depends_on: await listReadRelations(client, oid) };
    }
    case 'sequence':
      return { create: await readSequenceDdl(client, oid, qualified) };
    case 'table':
    case 'partitioned_table':
    case 'foreign_table':
      return { create: await readTableDdl(client, oid, qualified) };
    default:
      return kind satisfies never;
  }
}
