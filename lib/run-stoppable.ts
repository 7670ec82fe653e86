import 'server-only';
import { openSession, type Session } from './postgres/session';
import type { Target } from './postgres/target';
import type { Actor } from './server';
import { singleton } from './singleton';

/** A run of this process: who runs it, where, and how to stop it. */
export type LocalScript = { actor: Actor; target: Target; cancel(): void };

/**
 * How to stop each script that runs in this process, by its id. A cancel finds other instances' runs in
 * PostgreSQL; this also reaches the gap between two statements.
 */
export function localScripts(): Map<string, LocalScript> {
  return singleton('run.scripts', () => new Map());
}

/** Who runs a script, and where; its controller stops it. */
export type StoppableRun = { id: string; actor: Actor; target: Target; controller: AbortController };

/**
 * Does a run's work on a session of its own. Meanwhile `signal`, which is its request's, and a cancel by the run's id abort
 * its controller. Then the session is closed, for which the answer does not wait: work that must see it closed does so
 * itself. Throws AppError `limited` or `unreachable` without a session, and what the work throws.
 */
export async function runStoppable<T>(
  { id, actor, target, controller }: StoppableRun,
  signal: AbortSignal,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const cancel = () => controller.abort();
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    const session = await openSession(target);
    localScripts().set(id, { actor, target, cancel });
    return await work(session).finally(() => void session.close());
  } finally {
    localScripts().delete(id);
    signal.removeEventListener('abort', cancel);
  }
}
