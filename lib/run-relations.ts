import 'server-only';
import type pg from 'pg';
import type {
  ExtensionSummary,
  Page,
  RelationDetail,
  RelationKind,
  RelationSummary,
  RoutineSummary,
  SchemaSummary,
  SequenceSummary,
  TypeSummary,
} from './api-types';
import { AppError } from './errors';
import { describeRelation } from './postgres/catalog/describe-relation';
import { listExtensions } from './postgres/catalog/extensions';
import type { ObjectFilter } from './postgres/catalog/object-list';
import { listRelations } from './postgres/catalog/relations';
import { listRoutines, type RoutineFilter } from './postgres/catalog/routines';
import { listSchemas } from './postgres/catalog/schemas';
import { listSequences } from './postgres/catalog/sequences';
import { listTypes } from './postgres/catalog/types';
import { openTarget, withConnection } from './postgres/target';
import type { Actor } from './server';
import { findServer } from './store/servers';

/** One database of a server. */
export type DatabasePlace = { server: string; database: string };

export type RelationFilter = ObjectFilter & { kinds?: RelationKind[] };

/** The relations of a database, one page of them. Throws AppError. */
export function listDatabaseRelations(
  actor: Actor,
  place: DatabasePlace,
  filter: RelationFilter,
): Promise<Page<RelationSummary>> {
  return look(actor, place, (client) => listRelations(client, filter));
}

/** A relation's structure. Throws AppError: `not_found` where there is none. */
export async function describeDatabaseRelation(
  actor: Actor,
  place: DatabasePlace & { schema: string; relation: string },
): Promise<RelationDetail> {
  const { schema, relation } = place;
  const description = await look(actor, place, (client) => describeRelation(client, schema, relation));
  if (description === null) throw missingRelation(schema, relation);
  return description;
}

/** The schemas of a database. Throws AppError. */
export function listDatabaseSchemas(actor: Actor, place: DatabasePlace): Promise<SchemaSummary[]> {
  return look(actor, place, listSchemas);
}

/** The routines of a database, one page of them. Throws AppError. */
export function listDatabaseRoutines(
  actor: Actor,
  place: DatabasePlace,
  filter: RoutineFilter,
): Promise<Page<RoutineSummary>> {
  return look(actor, place, (client) => listRoutines(client, filter));
}

/** The sequences of a database, one page of them. Throws AppError. */
export function listDatabaseSequences(
  actor: Actor,
  place: DatabasePlace,
  filter: ObjectFilter,
): Promise<Page<SequenceSummary>> {
  return look(actor, place, (client) => listSequences(client, filter));
}

/** The types that people made in a database, one page of them. Throws AppError. */
export function listDatabaseTypes(
  actor: Actor,
  place: DatabasePlace,
  filter: ObjectFilter,
): Promise<Page<TypeSummary>> {
  return look(actor, place, (client) => listTypes(client, filter));
}

/** The extensions of a database. Throws AppError. */
export function listDatabaseExtensions(actor: Actor, place: DatabasePlace): Promise<ExtensionSummary[]> {
  return look(actor, place, listExtensions);
}

/** The error for a relation that is not there, or not any more. */
export function missingRelation(schema: string, relation: string): AppError {
  return new AppError('not_found', `There is no relation "${relation}" in the schema "${schema}".`, {
    hint: 'It may have been renamed, moved or dropped. Look for it in the list of relations.',
  });
}

async function look<T>(
  actor: Actor,
  { server: slug, database }: DatabasePlace,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const server = await findServer(actor, slug);
  return withConnection(openTarget(actor, server, database, 'read'), work);
}
