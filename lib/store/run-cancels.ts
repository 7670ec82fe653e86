import 'server-only';
import { sql } from 'kysely';
import { store } from './db';

/** Records that a user has asked for the end of a run of another instance. */
export async function recordCancel(historyId: string, userId: string): Promise<void> {
  await store()
    .insertInto('run_cancels')
    .values({ history_id: historyId, user_id: userId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether somebody has asked another instance for the end of a run. */
export async function isCancelRecorded(historyId: string): Promise<boolean> {
  const row = await store()
    .selectFrom('run_cancels')
    .select('history_id')
    .where('history_id', '=', historyId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Who has cancelled a run, or terminated its backend, in the list of backends, and why. */
export type RunSignal = { action: 'backend.cancel' | 'backend.terminate'; username: string; reason: string };

/** What the audit log says of it; null where nobody has. It is there before the backend hears of it. */
export async function findRunSignal(historyId: string): Promise<RunSignal | null> {
  const { rows } = await sql<RunSignal>`
    select e.action, e.username, e.detail ->> 'reason' as reason from audit_log e
      join query_history h on h.id = ${historyId} and e.at >= h.started_at
      where e.action in ('backend.cancel', 'backend.terminate') and e.result = 'started'
        and e.detail ->> 'run' = ${historyId}
        and not exists (select from audit_log f where f.event_id = e.id and f.result in ('failed', 'refused'))
      order by e.id desc limit 1`.execute(store());
  return rows[0] ?? null;
}
