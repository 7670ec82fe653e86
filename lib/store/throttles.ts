import 'server-only';
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { store } from './db';
import type { Store } from './schema';

/**
 * Whose failures count together. `free` of them cost nothing; each further one doubles the wait for the next attempt, from
 * a second to `longest` seconds, so that nothing is locked for good. After an hour without an attempt they are forgotten.
 * `isShared`: others fail here too, so that one success does not clear it.
 */
export type ThrottleRule = { subject: string; free: number; longest: number; isShared: boolean };

/**
 * Counts an attempt as failed before it is made, so that those that come at once are no way around. Answers the seconds to
 * wait when it may not be made; then nothing was counted.
 */
export async function countAttempt(rules: readonly ThrottleRule[]): Promise<number> {
  const blocked = new Error('blocked');
  try {
    await store()
      .transaction()
      .execute(async (db) => {
        // In one order everywhere, so that two attempts never wait for each other.
        for (const rule of [...rules].sort((a, b) => (a.subject < b.subject ? -1 : 1))) {
          if (!(await count(db, rule))) throw blocked;
        }
      });
    return 0;
  } catch (error) {
    if (error !== blocked) throw error;
    return Math.max(1, await secondsLeft(rules));
  }
}

/** Uncounts an attempt: it was right, or was no guess. What it shares with nobody is cleared by a right one. */
export async function uncountAttempt(rules: readonly ThrottleRule[], isRight: boolean): Promise<void> {
  const cleared = rules.filter(({ isShared }) => isRight && !isShared);
  const others = rules.filter((rule) => !cleared.includes(rule));
  await store().deleteFrom('throttles').where('subject', '=', anyOf(cleared)).execute();
  await store()
    .updateTable('throttles')
    .set({ failures: sql`greatest(failures - 1, 0)`, blocked_until: sql`clock_timestamp()` })
    .where('subject', '=', anyOf(others))
    .execute();
}

/** Forgets what no attempt has touched for a day. */
export async function forgetThrottles(): Promise<void> {
  await store()
    .deleteFrom('throttles')
    .where('attempted_at', '<', sql<Date>`now() - interval '1 day'`)
    .where('blocked_until', '<', sql<Date>`now()`)
    .execute();
}

const nextCount = sql`case when t.attempted_at < now() - interval '1 hour' then 1 else t.failures + 1 end`;

/** Answers false where the next attempt is not due yet. The row's lock makes attempts that come at once wait here. */
async function count(db: Kysely<Store>, { subject, free, longest }: ThrottleRule): Promise<boolean> {
  const paid = sql`(${nextCount}) - ${sql.lit(free)}`;
  const { rows } = await sql`
    insert into throttles as t (subject, failures, attempted_at, blocked_until)
    values (${keyOf(subject)}, 1, clock_timestamp(), clock_timestamp())
    on conflict (subject) do update set
      failures = ${nextCount}, attempted_at = clock_timestamp(),
      blocked_until = clock_timestamp() + make_interval(secs => case when ${paid} > 0
        then least(${sql.lit(longest)}, 2 ^ least(${paid} - 1, 20)) else 0 end)
    where t.blocked_until <= clock_timestamp()
    returning 1`.execute(db);
  return rows.length > 0;
}

async function secondsLeft(rules: readonly ThrottleRule[]): Promise<number> {
  const row = await store()
    .selectFrom('throttles')
    .select(sql<number>`ceil(extract(epoch from max(blocked_until) - clock_timestamp()))::integer`.as('left'))
    .where('subject', '=', anyOf(rules))
    .executeTakeFirst();
  return row?.left ?? 1;
}

function anyOf(rules: readonly ThrottleRule[]) {
  return sql<Buffer>`any(${rules.map(({ subject }) => keyOf(subject))}::bytea[])`;
}

/** What was typed is not kept: it may be a password. */
function keyOf(subject: string): Buffer {
  return createHash('sha256').update(subject).digest();
}
