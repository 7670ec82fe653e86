import 'server-only';
import type pg from 'pg';
import { env } from '../env';
import { createStorePool } from './db';
import { isMarked, type SealedLog } from './mark';
import { digestSql, faultOf, readSeals, type Seal, sealedColumns } from './seal';
import { headOf, isOfChain, type SealHead } from './seal-head';
import { currentKey, formerKey } from './seal-key';
import { far } from './sealer';

/** What does not fit, and where: a row of a log, a seal, or both. */
export type Fault = { log: SealedLog | null; id: string | null; seal: number | null; message: string };

/** What was found: rows checked, up to the first that does not fit. `sealed_to` is the time of the newest sealed row. */
export type Verdict = {
  ok: boolean;
  checked: number;
  first_bad?: Fault;
  /** Rows that the sealer has yet to take. */
  pending: number;
  head: SealHead | null;
  sealed_to: string | null;
};

/** Seals and rows that are read at once, so that memory stays flat whatever their number. */
const sealsAtOnce = 20;
const rowsAtOnce = 1_000;

/**
 * Checks every seal, and every row of these logs against its seal, as the store was at one moment; `heads` are those
 * that are remembered outside it. Rejects when the store can't be read.
 */
export async function verifySeals(logs: readonly SealedLog[], heads: SealHead[]): Promise<Verdict> {
  const pool = createStorePool(env().DATABASE_URL ?? '', 1);
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // It cannot know how many ids a seal holds: a hash over all of them is right, a loop would never end.
    await client.query(
      'set local statement_timeout = 0; set local enable_nestloop = off; set local cursor_tuple_fraction = 1',
    );
    return await verifyOn(client, logs, heads);
  } finally {
    client.release(true);
    await pool.end();
  }
}

async function verifyOn(
  client: pg.ClientBase,
  logs: readonly SealedLog[],
  heads: SealHead[],
): Promise<Verdict> {
  const walk: Walk = { last: null, checked: 0, pending: 0, sealedTo: null };
  const fault =
    (await walkChain(client, logs, walk)) ??
    (await findLostHead(client, heads)) ??
    (await findStrangers(client, logs, walk));
  const { checked, pending, sealedTo, last } = walk;
  const verdict = { checked, pending, head: last === null ? null : headOf(last), sealed_to: sealedTo };
  return fault === null ? { ok: true, ...verdict } : { ok: false, ...verdict, first_bad: fault };
}

type Walk = { last: Seal | null; checked: number; pending: number; sealedTo: string | null };

async function walkChain(
  client: pg.ClientBase,
  logs: readonly SealedLog[],
  walk: Walk,
): Promise<Fault | null> {
  for (;;) {
    const seals = await readSeals(client, walk.last?.height ?? 0, sealsAtOnce);
    for (const seal of seals) {
      const wrong = faultOf(seal, walk.last);
      if (wrong !== null)
        return badSeal(seal.height, `The seal ${seal.height} is not to be trusted: ${wrong}.`);
      const log = logs.find((each) => each === seal.log);
      const fault = log === undefined ? null : await compareRows(client, { ...seal, log }, walk);
      if (fault !== null) return fault;
      walk.last = seal;
    }
    if (seals.length < sealsAtOnce) return checkKey(walk.last);
  }
}

/** The newest seal must be of this Howdah's own key: else all of them may be somebody else's. */
function checkKey(last: Seal | null): Fault | null {
  const isOwn = last === null || [currentKey(), formerKey()].some((key) => key?.publicKey.equals(last.key));
  if (isOwn) return null;
  return badSeal(last.height, 'The seals were made under another HOWDAH_SECRET than that of this Howdah.');
}

/** Each row that was sealed must be there, and be what it was. */
async function compareRows(
  client: pg.ClientBase,
  { height, log, ids, digests }: Seal & { log: SealedLog },
  walk: Walk,
): Promise<Fault | null> {
  const { id: key, at } = sealedColumns[log];
  const { rows } = await client.query<{ id: string; digest: Buffer; at: string }>(
    `select l.${key} as id, ${digestSql(log)} as digest, l.${at}::text as at from ${log} l where l.${key} = any($1::uuid[])`,
    [ids],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const [index, id] of ids.entries()) {
    const row = found.get(id);
    if (row === undefined) return { log, id, seal: height, message: `The row ${id} of ${log} was removed.` };
    const digest = digests.subarray(index * 32, index * 32 + 32);
    if (!row.digest.equals(digest)) {
      return { log, id, seal: height, message: `The row ${id} of ${log} was changed after it was sealed.` };
    }
    walk.checked += 1;
    walk.sealedTo = row.at;
  }
  return null;
}

async function findLostHead(client: pg.ClientBase, heads: SealHead[]): Promise<Fault | null> {
  for (const head of heads) {
    if (await isOfChain(client, head)) continue;
    return badSeal(
      head.height,
      `The seal ${head.height} (${head.hash.slice(0, 16)}…), which is remembered outside the store, is not in it: the tail was cut, or the store replaced.`,
    );
  }
  return null;
}

type Stranger = { id: string; mark: Buffer | null; is_adopted: boolean; is_late: boolean };

/**
 * Rows without a seal. Newest ones of Howdah's own wait for the sealer; one without its mark was inserted by somebody
 * else; one that the sealer has long gone past had its seal taken away.
 */
async function findStrangers(
  client: pg.ClientBase,
  logs: readonly SealedLog[],
  walk: Walk,
): Promise<Fault | null> {
  for (const log of logs) {
    const cursor = `unsealed_${log}`;
    await client.query(`declare ${cursor} no scroll cursor for ${unsealedSql(log)}`);
    for (;;) {
      const { rows } = await client.query<Stranger>(`fetch ${rowsAtOnce} from ${cursor}`);
      for (const { id, mark, is_adopted, is_late } of rows) {
        if (!is_adopted && !isMarked(log, id, mark)) {
          return { log, id, seal: null, message: `The row ${id} of ${log} was not written by this Howdah.` };
        }
        if (is_late) return { log, id, seal: null, message: `The row ${id} of ${log} has lost its seal.` };
        walk.pending += 1;
      }
      if (rows.length < rowsAtOnce) break;
    }
  }
  return null;
}

function unsealedSql(log: SealedLog): string {
  const { id, at } = sealedColumns[log];
  return `with sealed as materialized (
      select unnest(s.ids) as id from seals s where s.log = '${log}'
    ), bounds as (
      select coalesce(max(scanned_to), '-infinity') as frontier,
        (select scanned_to from seals where height = 1) as genesis
      from seals where log = '${log}'
    )
    select l.${id} as id, l.mark,
      l.mark is null and coalesce(l.${at} <= b.genesis, true) and l.${at} >= b.frontier as is_adopted,
      l.${at} < b.frontier - interval '${far} seconds' as is_late
    from bounds b cross join ${log} l
    where not exists (select from sealed where sealed.id = l.${id})
    order by l.${at}, l.${id}`;
}

function badSeal(seal: number, message: string): Fault {
  return { log: null, id: null, seal, message };
}
