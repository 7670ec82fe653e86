import 'server-only';
import { hostname } from 'node:os';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import packageJson from '@/package.json' with { type: 'json' };
import { singleton } from '../singleton';
import { store } from './db';

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
  const { rows } = await sql<{ settled: number }>`
    with dead as (
      update instances set reconciled_at = now()
      where reconciled_at is null and heartbeat_at < now() - interval '60 seconds'
      returning id, heartbeat_at
    ), settled as (
      insert into query_outcome (history_id, status, message)
      select h.id, 'unknown', 'The Howdah process that ran this ended before the outcome was known.'
      from dead join query_history h on h.instance_id = dead.id
        and h.id >= uuid_at(dead.heartbeat_at - interval '2 hours')
      where not exists (select 1 from query_outcome o where o.history_id = h.id)
      on conflict (history_id) do nothing
      returning 1
    )
    select count(*)::integer as settled from settled`.execute(store());
  return rows[0]?.settled ?? 0;
}
