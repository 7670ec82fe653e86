import 'server-only';
import { type Selectable, sql } from 'kysely';
import { AppError } from '../errors';
import type { Actor } from '../server';
import { accessOf } from './access';
import { store } from './db';
import type { ServerRow, Store } from './schema';
import { findServer } from './servers';

type Settings = Pick<
  Selectable<Store['servers']>,
  'name' | 'environment' | 'connection_budget' | 'read_timeout_ms' | 'write_timeout_ms'
>;

/** The row of a server for its settings. Throws AppError `not_found` where it does not exist for the actor. */
export async function findServerRow(actor: Actor, slug: string): Promise<ServerRow> {
  const { id } = await findServer(actor, slug);
  return store().selectFrom('servers').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** Changes what of a server needs no connection to it. */
export async function updateSettings(serverId: string, settings: Partial<Settings>): Promise<void> {
  if (Object.keys(settings).length === 0) return;
  await store().updateTable('servers').set(settings).where('id', '=', serverId).execute();
}

/** The slugs of the actor's enrolled servers that are one PostgreSQL instance. */
export async function listSlugsOf(actor: Actor, systemIdentifier: string): Promise<string[]> {
  const rows = await store()
    .selectFrom('servers as s')
    .innerJoin(accessOf(actor), 'a.server_id', 's.id')
    .select('s.slug')
    .where('s.system_identifier', '=', systemIdentifier)
    .where('s.disabled_at', 'is', null)
    .orderBy('s.slug')
    .execute();
  return rows.map(({ slug }) => slug);
}

/**
 * Removes a server: its credentials, choices, schedules and wall go, its slug is free again, and its history, jobs and backups stay
 * with those who could see them. Throws AppError `conflict` while a job of it is not over.
 */
export async function retireServer({ id, slug }: Pick<ServerRow, 'id' | 'slug'>): Promise<void> {
  await store()
    .transaction()
    .execute(async (db) => {
      const open = await db
        .selectFrom('jobs')
        .select('kind')
        .where('server_id', '=', id)
        .where('finished_at', 'is', null)
        .executeTakeFirst();
      if (open !== undefined) {
        throw new AppError('conflict', `A job of the kind ${open.kind} runs on ${slug} or waits for it.`, {
          hint: 'Cancel it, or wait for its end, and remove the server then.',
        });
      }
      const secrets = { owner_secret: null, read_secret: null, write_secret: null };
      const freed = `${slug.slice(0, 50)}-${id.slice(-12)}`;
      await db
        .updateTable('servers')
        .set({ ...secrets, tls_ca: null, slug: freed, disabled_at: sql<Date>`now()` })
        .where('id', '=', id)
        .execute();
      for (const table of ['server_schemas', 'masks', 'walls', 'backup_schedules'] as const) {
        await db.deleteFrom(table).where('server_id', '=', id).execute();
      }
    });
}
