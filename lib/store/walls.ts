import 'server-only';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type {
  DatabaseChoice,
  GrantsReport,
  LevelReport,
  SharedLevel,
  StepResult,
  WallReport,
} from '../wall-types';
import { store } from './db';
import { enqueue } from './job-queue';

/** What was chosen on a server: schemas and masks by database. A database without a chosen schema is left out. */
export async function listChoices(serverId: string): Promise<DatabaseChoice[]> {
  const schemas = await store()
    .selectFrom('server_schemas')
    .select(['database', 'schema'])
    .where('server_id', '=', serverId)
    .orderBy('database')
    .orderBy('schema')
    .execute();
  const masks = await store().selectFrom('masks').selectAll().where('server_id', '=', serverId).execute();
  return [...new Set(schemas.map(({ database }) => database))].map((database) => ({
    database,
    schemas: schemas.filter((row) => row.database === database).map(({ schema }) => schema),
    masks: masks
      .filter((row) => row.database === database)
      .map(({ schema, relation, column_name }) => ({ schema, relation, column: column_name })),
  }));
}

/** Puts a database's choice in place of the one before. */
export async function putChoice(
  serverId: string,
  { database, schemas, masks }: DatabaseChoice,
): Promise<void> {
  await store()
    .transaction()
    .execute(async (db) => {
      for (const table of ['server_schemas', 'masks'] as const) {
        await db
          .deleteFrom(table)
          .where('server_id', '=', serverId)
          .where('database', '=', database)
          .execute();
      }
      const place = { server_id: serverId, database };
      if (schemas.length > 0) {
        const rows = [...new Set(schemas)].map((schema) => ({ ...place, schema }));
        await db.insertInto('server_schemas').values(rows).execute();
      }
      if (masks.length > 0) {
        const rows = masks.map(({ column, ...mask }) => ({ ...place, ...mask, column_name: column }));
        await db
          .insertInto('masks')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    });
}

/** A server's wall as it was last found; empty where it was never tried. */
export async function findWall(serverId: string): Promise<WallReport> {
  const row = await store()
    .selectFrom('walls')
    .selectAll()
    .where('server_id', '=', serverId)
    .executeTakeFirst();
  return {
    steps: row?.steps ?? [],
    grants: row?.grants ?? [],
    levels: row?.levels ?? [],
    synced_at: row?.synced_at?.toISOString() ?? null,
    checked_at: row?.checked_at?.toISOString() ?? null,
  };
}

/** Writes what provisioning did. */
export async function putSteps(serverId: string, steps: StepResult[]): Promise<void> {
  await put(serverId, { steps: JSON.stringify(steps) });
}

/** Writes what syncGrants() left. */
export async function putGrants(serverId: string, grants: GrantsReport[]): Promise<void> {
  await put(serverId, { grants: JSON.stringify(grants), synced_at: new Date() });
}

/** Writes what the canary battery found, and closes the levels that do not hold: they do not exist from now on. */
export async function putLevels(serverId: string, levels: LevelReport[]): Promise<void> {
  await put(serverId, { levels: JSON.stringify(levels), checked_at: new Date() });
  const reasonOf = (level: SharedLevel) => levels.find((report) => report.level === level)?.reason ?? null;
  await store()
    .updateTable('servers')
    .set({ read_closed: reasonOf('read'), write_closed: reasonOf('write') })
    .where('id', '=', serverId)
    .execute();
}

type Wall = { steps?: string; grants?: string; levels?: string; synced_at?: Date; checked_at?: Date };

async function put(serverId: string, values: Wall): Promise<void> {
  await store()
    .insertInto('walls')
    .values({ server_id: serverId, ...values })
    .onConflict((conflict) => conflict.column('server_id').doUpdateSet(values))
    .execute();
}

/**
 * Takes the servers whose grants were last synchronised over `seconds` ago, for this instance alone: whoever asks next
 * gets them only after that time again.
 */
export async function claimSync(seconds: number): Promise<string[]> {
  const { rows } = await sql<{ server_id: string }>`
    update walls set synced_at = now()
    where server_id in (
      select w.server_id from walls w join servers s on s.id = w.server_id
      where s.disabled_at is null and s.owner_secret is not null
        and (w.synced_at is null or w.synced_at < now() - make_interval(secs => ${seconds}))
      for update of w skip locked)
    returning server_id`.execute(store());
  return rows.map((row) => row.server_id);
}

/** Takes one server to synchronise now, unless that was done in the last `seconds`. */
export async function claimSyncOf(serverId: string, seconds: number): Promise<boolean> {
  const { rows } = await sql`
    update walls set synced_at = now()
    where server_id = ${serverId}
      and (synced_at is null or synced_at < now() - make_interval(secs => ${seconds}))
    returning server_id`.execute(store());
  return rows.length > 0;
}

/**
 * Queues a job for each server whose wall was last tried over `hours` ago. One that waits or runs already is left
 * alone, whichever instance queued it; one that failed is not tried again within the hour. Answers their ids.
 */
export async function insertWallChecks(hours: number): Promise<string[]> {
  return store()
    .transaction()
    .execute(async (db) => {
      const due = await db
        .selectFrom('servers as s')
        .leftJoin('walls as w', 'w.server_id', 's.id')
        .select(['s.id as server_id', 's.slug as server', 's.default_database as database'])
        .where('s.disabled_at', 'is', null)
        .where(sql<boolean>`coalesce(w.checked_at < now() - make_interval(hours => ${hours}), true)`)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('jobs as j')
                .select('j.id')
                .whereRef('j.server_id', '=', 's.id')
                .where('j.kind', '=', 'wall')
                .where('j.created_at', '>', sql<Date>`now() - interval '1 hour'`),
            ),
          ),
        )
        .execute();
      const ids: string[] = [];
      for (const subject of due) {
        const id = uuidv7();
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('jobs')
          .values({ id, kind: 'wall', status: 'queued', username: 'howdah', ...subject })
          .onConflict((conflict) =>
            conflict.columns(['kind', 'server_id', 'database']).where('finished_at', 'is', null).doNothing(),
          )
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 0n) continue;
        await enqueue(db, id, null);
        ids.push(id);
      }
      return ids;
    });
}
