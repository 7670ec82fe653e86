import 'server-only';
import type { Backend, BackendList, Level } from './api-types';
import { audited } from './audited';
import { AppError } from './errors';
import { hasPermission, includesLevel } from './permissions';
import { listBackends, type SeenBackend } from './postgres/catalog/backends';
import { signalBackend } from './postgres/signal';
import { openTarget, withControlConnection } from './postgres/target';
import { cancelQuery } from './run-cancel';
import type { Actor, Server } from './server';
import { redactSecrets } from './sql/redact';
import { nameWork } from './store/running';
import { findServer } from './store/servers';

/**
 * The backends of a server as the roles of the actor's own levels may see them; an admin who works there as owner sees what
 * that role does. Throws AppError.
 */
export async function readBackends(actor: Actor, slug: string): Promise<BackendList> {
  return look(actor, await findServer(actor, slug));
}

async function look(actor: Actor, server: Server): Promise<BackendList> {
  const levels = levelsToLook(actor, server);
  const looks = await Promise.all(
    levels.map((level) =>
      withControlConnection(openTarget(actor, server, server.defaultDatabase, level), listBackends),
    ),
  );
  const items = mergeLooks(looks.map((seen) => seen.items));
  const work = await nameWork(
    actor,
    server.id,
    items.map(({ application }) => application.replace(/^howdah:/, '')),
  );
  return {
    at: looks[0]?.at ?? '',
    level: levels.at(-1) ?? 'read',
    role: levels.map((level) => server.login(level)?.user).join(' and '),
    items: items.map((seen) => {
      const done = work.get(seen.application.replace(/^howdah:/, '')) ?? null;
      // What Howdah does in its own store is nobody's to read here.
      const isSilent = seen.query === null || isOfStore(server, seen);
      const query = isSilent ? null : redactSecrets(seen.query ?? '');
      return { ...seen, query, work: done, ...refusals(actor, server, seen, done) };
    }),
  };
}

/** An admin who may work as owner looks as owner; everybody else as each of the shared levels that is theirs. */
function levelsToLook({ role }: Actor, server: Server): Level[] {
  const isAdmin = hasPermission(role, 'read-all-activity') && includesLevel(server.level, 'owner');
  if (isAdmin && server.login('owner') !== null) return ['owner'];
  const writes = includesLevel(server.level, 'write') && server.login('write') !== null;
  return writes ? ['read', 'write'] : ['read'];
}

/** Every backend once, as the look that sees most of it. */
function mergeLooks([first = [], ...others]: SeenBackend[][]): SeenBackend[] {
  if (others.length === 0) return first;
  const merged = new Map(first.map((seen) => [seen.pid, seen]));
  for (const seen of others.flat()) {
    const known = merged.get(seen.pid);
    if (known === undefined || known.is_hidden) merged.set(seen.pid, seen);
  }
  return [...merged.values()];
}

/** Why an actor can't cancel or terminate a backend; null where they can. */
function refusals(
  actor: Actor,
  server: Server,
  seen: SeenBackend,
  work: Backend['work'],
): Pick<Backend, 'no_cancel' | 'no_terminate'> {
  const untouchable = whyUntouchable(server, seen, work);
  if (untouchable !== null) return { no_cancel: untouchable, no_terminate: untouchable };
  const mayNot = whyNotAllowed(actor, server);
  const isOwnRun = work?.kind === 'run' && work.is_own;
  return { no_cancel: isOwnRun ? null : mayNot, no_terminate: mayNot };
}

function whyUntouchable(server: Server, seen: SeenBackend, work: Backend['work']): string | null {
  if (seen.is_hidden)
    return 'PostgreSQL hides from this level when it began, so that it cannot be told for sure.';
  if (seen.type === 'walsender') return 'It feeds a replica or a base backup.';
  if (seen.type !== 'client backend') return 'It is a process of PostgreSQL itself.';
  if (work?.kind === 'job') return `It works for a job of Howdah (${work.job}): cancel the job.`;
  const roles = (['read', 'write', 'owner'] as const).map((level) => server.login(level)?.user);
  const isOwn = seen.application === 'howdah' && roles.includes(seen.user ?? '');
  return isOwn || isOfStore(server, seen) ? "It is a connection of Howdah's own." : null;
}

function isOfStore({ storeDatabase }: Server, { database }: SeenBackend): boolean {
  return storeDatabase !== null && database === storeDatabase;
}

function whyNotAllowed({ role }: Actor, server: Server): string | null {
  if (!hasPermission(role, 'signal-backends')) return 'Only statements of your own are yours to cancel.';
  if (!includesLevel(server.level, 'owner')) return 'It needs the owner level on this server.';
  return server.login('owner') === null ? 'Howdah has no owner role on this server.' : null;
}

export type BackendSignal = {
  pid: number;
  started_at: string;
  reason: string;
  action: 'cancel' | 'terminate';
};

/**
 * Cancels what a backend does, or ends it, and records who did so and why: what it ran for Howdah says so in the history.
 * Throws AppError: `conflict` when it is gone, `forbidden` for what is not the actor's to end.
 */
export async function endBackend(actor: Actor, slug: string, signal: BackendSignal): Promise<void> {
  const { pid, started_at, action, reason } = signal;
  const server = await findServer(actor, slug);
  const { items } = await look(actor, server);
  const backend = items.find((each) => each.pid === pid && each.started_at === started_at);
  if (backend === undefined) throw gone(pid);
  const refusal = action === 'cancel' ? backend.no_cancel : backend.no_terminate;
  if (refusal !== null)
    throw new AppError('forbidden', `Backend ${pid} is not yours to ${action}. ${refusal}`);
  const event = {
    action: `backend.${action}`,
    subject: { kind: 'backend', name: String(pid) },
    server: slug,
    ...(backend.database === null ? {} : { database: backend.database }),
    detail: {
      ...{ reason, role: backend.user, application: backend.application, started_at },
      ...(backend.work?.kind === 'run' ? { run: backend.work.id } : {}),
    },
  } as const;
  await audited(actor, event, () => send(actor, server, backend, signal));
}

async function send(actor: Actor, server: Server, backend: Backend, signal: BackendSignal): Promise<void> {
  const { work, pid } = backend;
  if (signal.action === 'cancel' && work?.kind === 'run' && work.is_own) return cancelQuery(actor, work.id);
  const target = openTarget(actor, server, server.defaultDatabase, 'owner');
  const key = { pid, startedAt: signal.started_at };
  if (!(await signalBackend(target, key, signal.action))) throw gone(pid);
}

function gone(pid: number): AppError {
  return new AppError('conflict', `Backend ${pid} is gone, or its pid is another backend's now.`, {
    hint: 'Look at the list again.',
  });
}
