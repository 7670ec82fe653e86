import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { audited } from './audited';
import { AppError } from './errors';
import { hasPermission } from './permissions';
import { cancelByHistoryId } from './postgres/cancel';
import { openTarget } from './postgres/target';
import { localScripts } from './run-stoppable';
import type { Actor } from './server';
import { isWithinKey } from './store/access';
import { findOpenRuns, type OpenRun } from './store/query-history';
import { recordCancel } from './store/run-cancels';
import { findServer } from './store/servers';

/** How often and how long a cancel looks for a backend that has not begun yet, in milliseconds. */
const retryEveryMs = 100;
const patienceMs = 2_000;

/**
 * Cancels a running statement or script by its id, on whichever instance it runs. Throws AppError: `not_found`
 * for an id that the actor can't see, `forbidden` for another user's run, `conflict` when it is over.
 */
export async function cancelQuery(actor: Actor, id: string): Promise<void> {
  const local = localScripts().get(id);
  if (local !== undefined && isWithinKey(actor, local.target.server.id)) {
    const runs = [local.actor];
    checkOwnership(actor, runs);
    return recorded(actor, id, runs, async () => local.cancel());
  }
  const { open, exists } = await findOpenRuns(actor, id);
  if (!exists) throw new AppError('not_found', 'There is no such run for you.');
  checkOwnership(actor, open);
  await recorded(actor, id, open, () => cancelRuns(actor, id));
}

type Owned = { userId: string };

/** One's own runs are in the history; that somebody else ended a run is told by the audit log alone. */
function recorded(actor: Actor, id: string, runs: Owned[], work: () => Promise<void>): Promise<void> {
  if (runs.every(({ userId }) => userId === actor.userId)) return work();
  return audited(actor, { action: 'query.cancel', subject: { kind: 'run', name: id } }, work);
}

async function cancelRuns(actor: Actor, id: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  do {
    const { open } = await findOpenRuns(actor, id);
    if (open.length === 0) throw new AppError('conflict', 'The run is over.');
    for (const run of open) if (await cancelRun(actor, run)) return;
    await sleep(retryEveryMs);
  } while (Date.now() < deadline);
  throw new AppError('conflict', 'The run has no backend any more: its outcome is unknown.', {
    hint: 'The Howdah process that ran it has probably ended.',
  });
}

function checkOwnership(actor: Actor, runs: Owned[]): void {
  if (hasPermission(actor.role, 'cancel-any-query')) return;
  if (runs.some((run) => run.userId !== actor.userId)) {
    throw new AppError('forbidden', 'Only the user who runs it, or an admin, may cancel this run.');
  }
}

async function cancelRun(actor: Actor, run: OpenRun): Promise<boolean> {
  const server = await findServer(actor, run.server);
  await recordCancel(run.id, actor.userId);
  return cancelByHistoryId(openTarget(actor, server, run.database, run.level), run.id);
}
