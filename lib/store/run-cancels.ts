import 'server-only';
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
