import 'server-only';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { Page } from '../api-types';
import type { AlertEntry, BackupProblem } from '../job-types';
import type { Actor } from '../server';
import { store } from './db';
import type { AlertRow } from './schema-backups';

/** How often somebody is tried to be told, and how long after a try that failed, in minutes. */
const mostTries = 20;
const retryMinutes = 5;

type Wrong = { kind: BackupProblem; server: string; database: string; message: string };

/**
 * Makes the open alerts those that are given: what is new is raised, what is no more is resolved, what goes on is left
 * alone. Any number of instances may do so at once.
 */
export async function settleAlerts(wrong: readonly Wrong[]): Promise<void> {
  const given = JSON.stringify(wrong.map((each) => ({ ...each, id: uuidv7() })));
  await sql`
    with given as (
      select g.*, s.id as server_id
      from jsonb_to_recordset(${given}::jsonb) as g (id uuid, kind text, server text, database text, message text)
      join servers s on s.slug = g.server
    ), resolved as (
      update alerts a set resolved_at = now()
      where a.resolved_at is null and not exists (
        select from given g where g.kind = a.kind and g.server_id = a.server_id and g.database = a.database)
    )
    insert into alerts (id, kind, server_id, server, database, message)
    select id, kind, server_id, server, database, message from given
    on conflict (kind, server_id, database) where resolved_at is null do nothing`.execute(store());
}

/** Takes the open alerts of which nobody was told yet, so that no other instance tells them now. */
export async function claimUntold(): Promise<AlertRow[]> {
  const { rows } = await sql<AlertRow>`
    update alerts set tried_at = now(), tries = tries + 1
    where id in (
      select id from alerts
      where told_at is null and resolved_at is null and tries < ${mostTries}
        and (tried_at is null or tried_at < now() - make_interval(mins => ${retryMinutes}))
      for update skip locked)
    returning *`.execute(store());
  return rows;
}

/** Records that somebody was told, or why nobody could be. */
export async function recordTold(ids: readonly string[], problem: string | null): Promise<void> {
  await store()
    .updateTable('alerts')
    .set({ told_at: problem === null ? sql<Date>`now()` : null, problem })
    .where('id', 'in', [...ids])
    .execute();
}

/** Alerts of the servers that the actor may see, the open ones first, newest first. */
export async function listAlerts(actor: Actor, limit: number): Promise<Page<AlertEntry>> {
  const rows = await visible(actor)
    .selectAll('a')
    .orderBy(sql`a.resolved_at is not null`)
    .orderBy('a.id', 'desc')
    .limit(limit)
    .execute();
  return { items: rows.map(asEntry), next: null };
}

/** How many alerts are open on the servers that the actor may see. */
export async function countOpenAlerts(actor: Actor): Promise<number> {
  const { n } = await visible(actor)
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('a.resolved_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(n);
}

function visible(actor: Actor) {
  return store()
    .selectFrom('alerts as a')
    .innerJoin('server_access as s', (join) =>
      join.onRef('s.server_id', '=', 'a.server_id').on('s.user_id', '=', actor.userId),
    );
}

function asEntry({ id, kind, server, database, message, problem, ...times }: AlertRow): AlertEntry {
  return {
    ...{ id, kind, server, database, message, problem },
    raised_at: times.raised_at.toISOString(),
    resolved_at: times.resolved_at?.toISOString() ?? null,
    told_at: times.told_at?.toISOString() ?? null,
  };
}
