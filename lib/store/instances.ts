import 'server-only';
import { hostname } from 'node:os';
import { sql, type Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import packageJson from '@/package.json' with { type: 'json' };
import { singleton } from '../singleton';
import { store } from './db';
import { markOf } from './mark';
import type { Store } from './schema';

/** An instance whose last heartbeat is older than this is taken for dead: its open runs read `unknown`. */
export const staleAfterSeconds = 20;

/** How often an instance says that it lives. */
export const heartbeatSeconds = 5;

/** Identity of this process in the store, new at every start. */
export function instanceId(): string {
  return singleton('instance.id', () => uuidv7());
}

/**
 * Writes this process's heartbeat. The first one also marks earlier instances of this machine whose process is
 * gone as stopped, so that their open runs need not wait to be seen as `unknown`.
 */
export async function beat(): Promise<void> {
  const isFirst = singleton('instance.first-beat', () => ({ done: false }));
  if (!isFirst.done) await retirePredecessors();
  await store()
    .insertInto('instances')
    .values({
      id: instanceId(),
      hostname: hostname(),
      pid: process.pid,
      version: packageJson.version,
      stopped_at: null,
      reconciled_at: null,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ heartbeat_at: sql`now()`, stopped_at: null, reconciled_at: null }),
    )
    .execute();
  isFirst.done = true;
}

/** Says that this process ends now. */
export async function retire(): Promise<void> {
  await store()
    .updateTable('instances')
    .set({ stopped_at: sql`now()` })
    .where('id', '=', instanceId())
    .execute();
}

async function retirePredecessors(): Promise<void> {
  const others = await store()
    .selectFrom('instances')
    .select(['id', 'pid'])
    .where('hostname', '=', hostname())
    .where('stopped_at', 'is', null)
    .where('id', '!=', instanceId())
    .execute();
  const gone = others.filter(({ pid }) => pid === process.pid || !isAlive(pid)).map(({ id }) => id);
  if (gone.length === 0) return;
  await store().updateTable('instances').set({ stopped_at: sql`now()` }).where('id', 'in', gone).execute();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Records `unknown` as the outcome of every run that a dead instance left open, a minute after it was last
 * heard of. A run is at most an hour long, so no run older than two hours before that can be open.
 * Returns how many runs were settled.
 */
export async function reconcileDeadInstances(): Promise<number> {
  return store()
    .transaction()
    .execute(async (db) => {
      const { rows } = await sql<{ id: string }>`
        with dead as (
          update instances set reconciled_at = now()
          where reconciled_at is null and heartbeat_at < now() - interval '60 seconds'
          returning id, heartbeat_at
        )
        select h.id from dead join query_history h on h.instance_id = dead.id
          and h.id >= uuid_at(dead.heartbeat_at - interval '2 hours')
        where not exists (select 1 from query_outcome o where o.history_id = h.id)`.execute(db);
      for (const { id } of rows) await settle(db, id);
      return rows.length;
    });
}

async function settle(db: Transaction<Store>, id: string): Promise<void> {
  const message = 'The Howdah process that ran this ended before the outcome was known.';
  await db
    .insertInto('query_outcome')
    .values({ history_id: id, status: 'unknown', message, mark: markOf('query_outcome', id), ...noFigures })
    .onConflict((conflict) => conflict.column('history_id').doNothing())
    .execute();
}

const noFigures = { rows: null, bytes: null, duration_ms: null, sqlstate: null };
