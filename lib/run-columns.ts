import 'server-only';
import type { ColumnLayout } from './api-types';
import { audited } from './audited';
import type { RelationPlace } from './run-browse';
import type { Actor, Server } from './server';
import { findLayout, type GridKey, putLayout } from './store/column-layouts';
import { findServer } from './store/servers';

/** How the actor has arranged a relation's columns; empty where they are as they come. Throws AppError `not_found`. */
export async function readColumnLayout(actor: Actor, place: RelationPlace): Promise<ColumnLayout> {
  return findLayout(keyOf(actor, await findServer(actor, place.server), place));
}

/** Keeps the actor's own arrangement of a relation's columns; an empty one takes it back. Throws AppError `not_found`. */
export async function keepColumnLayout(
  actor: Actor,
  place: RelationPlace,
  layout: ColumnLayout,
): Promise<void> {
  const server = await findServer(actor, place.server);
  const { database, schema, relation } = place;
  await audited(
    actor,
    {
      action: 'grid.arrange',
      subject: { kind: 'relation', name: `${schema}.${relation}` },
      server: server.slug,
      database,
      detail: { columns: layout.length },
    },
    () => putLayout(keyOf(actor, server, place), layout),
  );
}

function keyOf({ userId }: Actor, { id }: Server, { database, schema, relation }: RelationPlace): GridKey {
  return { user_id: userId, server_id: id, database, schema, relation };
}
