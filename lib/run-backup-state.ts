import 'server-only';
import { problemsOf } from './backup-state';
import type { BackupState } from './job-types';
import { glanceAtServers } from './run-catalog';
import type { Actor } from './server';
import { listBackupFacts } from './store/backup-states';

/** The state of every database, and the servers whose databases can't be listed now, with the reason. */
export type BackupGlance = { states: BackupState[]; away: { server: string; cause: string }[] };

const nothing = {
  last: null,
  attempt: null,
  proven_at: null,
  disproof: null,
  next_at: null,
  missed_at: null,
  first_due_at: null,
  sizes: [],
};

/**
 * How every database of every server that the actor may see does with its backups: those that were never backed up are
 * listed too, and those that are gone as long as they have one.
 */
export async function glanceAtBackups(actor: Actor): Promise<BackupGlance> {
  const [facts, servers] = await Promise.all([listBackupFacts(actor.userId), glanceAtServers(actor)]);
  const known = new Set(facts.map(keyOf));
  const others = servers.flatMap(({ server, databases }) =>
    'cause' in databases
      ? []
      : databases
          .map(({ name }) => ({ server: server.slug, database: name, ...nothing }))
          .filter((state) => !known.has(keyOf(state))),
  );
  const now = new Date();
  const states = [...facts, ...others]
    .map((state) => ({ ...state, problems: problemsOf(state, now) }))
    .sort((a, b) => compareText(a.server, b.server) || compareText(a.database, b.database));
  const away = servers.flatMap(({ server, databases }) =>
    'cause' in databases ? [{ server: server.slug, cause: databases.cause }] : [],
  );
  return { states, away };
}

function keyOf({ server, database }: { server: string; database: string }): string {
  return JSON.stringify([server, database]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
