import 'server-only';
import type { Readable } from 'node:stream';
import type { Level } from './api-types';
import { recordEvent, systemDoer } from './audited';
import { AppError } from './errors';
import { stopJob } from './jobs/run-job';
import { includesLevel } from './permissions';
import type { Target } from './postgres/target';
import { localScripts } from './run-stoppable';
import type { Actor } from './server';
import { singleton } from './singleton';
import { listUnfinishedJobs, requestCancel } from './store/jobs';
import { type Held, levelsNow } from './store/standing';

/** How often it is looked whether those in whose name something goes on may still do it, in seconds. */
export const revokedSeconds = 2;

type Ongoing = Held & { level: Level; what: string; cancel(): unknown };

function localStreams(): Set<Ongoing> {
  return singleton('revoked.streams', () => new Set<Ongoing>());
}

/** Breaks a stream off when its actor loses the target's level; what the reader has got is then not the whole. */
export function endWithLevel(actor: Actor, { server, database, level }: Target, stream: Readable): void {
  const what = `download of ${server.slug}/${database}`;
  const cancel = () => void stream.destroy(new AppError('forbidden', 'The access to this was taken away.'));
  const ongoing: Ongoing = { actor, serverId: server.id, level, what, cancel };
  localStreams().add(ongoing);
  stream.once('close', () => localStreams().delete(ongoing));
}

/**
 * Cancels what goes on in the name of somebody who may not do it any more: disabled, demoted below its level, access taken
 * away, session or key revoked. Each instance sees to its own runs and streams, and to all jobs.
 */
export async function cancelRevoked(): Promise<void> {
  const ongoing = [...scripts(), ...localStreams(), ...(await jobs())];
  if (ongoing.length === 0) return;
  const levels = await levelsNow(ongoing);
  const lost = ongoing.filter(({ level }, index) => {
    const now = levels[index] ?? null;
    return now === null || !includesLevel(now, level);
  });
  for (const one of lost) await one.cancel();
  for (const { actor, what } of lost) {
    const event = { action: 'query.cancel', subject: { kind: 'run', name: what } } as const;
    const detail = { reason: 'its user may not do this any more', user_id: actor.userId };
    await recordEvent(systemDoer('sweeper'), { ...event, detail }, { result: 'succeeded' });
  }
}

function scripts(): Ongoing[] {
  return [...localScripts()].map(([id, { actor, target, cancel }]) => ({
    actor,
    serverId: target.server.id,
    level: target.level,
    what: id,
    cancel,
  }));
}

/** Every job in a person's name works at the owner level. */
async function jobs(): Promise<Ongoing[]> {
  const rows = await listUnfinishedJobs();
  return rows.map(({ id, user_id, server_id }) => ({
    actor: { userId: user_id, sessionId: id },
    serverId: server_id,
    level: 'owner',
    what: id,
    cancel: () => requestCancel(id).then(() => stopJob(id, 'cancelled')),
  }));
}
