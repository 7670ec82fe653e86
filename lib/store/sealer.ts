import 'server-only';
import type pg from 'pg';
import { env } from '../env';
import { createStorePool } from './db';
import { isMarked, type SealedLog, sealedLogs } from './mark';
import { digestSql, insertSeal, noSeal, readLastSeal, type Seal, seal, sealedColumns } from './seal';
import { followHead } from './seal-head';

/** How often the sealer looks for rows, and how often an instance that does not seal asks to, in milliseconds. */
const sealMs = 500;
const standbyMs = 5_000;

/** Rows that one seal holds at most, and that are looked for at once. */
const mostRows = 1_000;
const mostFound = 10_000;

/** How far a pass looks back for rows that were committed late, in seconds: each pass, every `farPasses`th, and the first. */
const near = 3;
export const far = 120;
const first = 3600;
const farPasses = 60;

/**
 * Seals what is committed, for as long as this process lives: of all instances on a store one at a time does, the holder
 * of an advisory lock; the others follow its head. Never rejects. Recording a run waits for none of this.
 */
export async function keepSealing(): Promise<never> {
  for (;;) {
    const pool = createStorePool(env().DATABASE_URL ?? '', 1);
    await seekAndSeal(pool).catch((error) =>
      console.error(`howdah: sealing stopped and is tried again: ${error}`),
    );
    await pool.end().catch(() => undefined);
    await pause(standbyMs);
  }
}

/** Returns when another instance seals; throws when the store is lost. The lock ends with the connection. */
async function seekAndSeal(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    if (!(await takeLock(client))) return await follow(client);
    const sealer = await openSealer(client);
    for (;;) {
      if ((await sealer.pass()) > 0) await follow(client);
      await pause(sealMs);
    }
  } finally {
    client.release(true);
  }
}

async function takeLock(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ is_mine: boolean }>(
    "select pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended('howdah.sealer', 0)) as is_mine",
  );
  return rows[0]?.is_mine === true;
}

async function follow(client: pg.ClientBase): Promise<void> {
  if (await followHead(client)) return;
  console.error(
    "howdah: the store's seals do not hold the one that this instance remembers: their tail was cut, or the store replaced. See: npm run verify",
  );
}

/** Seals on a connection that holds the lock. Each pass seals what has been committed, and answers how many rows. */
export async function openSealer(client: pg.ClientBase): Promise<{ pass(): Promise<number> }> {
  // The first pass looks through much. PostgreSQL can't know how many ids a seal holds, and would look at all for each.
  await client.query('set statement_timeout = 0; set enable_nestloop = off');
  const chain: Chain = { last: await readLastSeal(client), frontier: await readFrontier(client), passes: 0 };
  if (chain.last === null) await begin(client, chain);
  return {
    async pass() {
      const back = chain.passes === 0 ? first : chain.passes % farPasses === 0 ? far : near;
      let sealed = 0;
      for (const log of sealedLogs) sealed += await sealLog(client, chain, { log, back });
      chain.passes += 1;
      return sealed;
    },
  };
}

type Chain = {
  last: Seal | null;
  /** Until when each log was looked through; not there for one that has no seal. */
  frontier: Map<Seal['log'], string>;
  passes: number;
};

async function readFrontier(client: pg.ClientBase): Promise<Chain['frontier']> {
  const { rows } = await client.query<{ log: SealedLog; scanned_to: string }>(
    'select log, max(scanned_to)::text as scanned_to from seals group by log',
  );
  return new Map(rows.map(({ log, scanned_to }) => [log, scanned_to]));
}

/** The first seal holds no rows: what stands in the store at its time, from before there were marks, is taken as found. */
async function begin(client: pg.ClientBase, chain: Chain): Promise<void> {
  const now = await readClock(client);
  const nothing = { ids: [], digests: Buffer.alloc(0) };
  await link(client, chain, { log: 'genesis', ...nothing, scannedTo: now, sealedAt: now });
}

async function readClock(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ now: string }>('select pg_catalog.clock_timestamp()::text as now');
  return rows[0]?.now ?? '';
}

type Found = {
  id: string;
  mark: Buffer | null;
  digest: Buffer;
  is_adopted: boolean;
  scanned_to: string;
  now: string;
};
type Pass = { log: SealedLog; back: number };

/** Seals a log's rows up to the newest, batch by batch. */
async function sealLog(client: pg.ClientBase, chain: Chain, pass: Pass): Promise<number> {
  const { log } = pass;
  let sealed = 0;
  for (;;) {
    const found = await findUnsealed(client, chain, pass);
    const own = found.filter(({ id, mark, is_adopted }) => is_adopted || isMarked(log, id, mark));
    for (let from = 0; from < own.length; from += mostRows) {
      await append(client, chain, log, own.slice(from, from + mostRows));
    }
    sealed += own.length;
    if (found.length < mostFound || own.length === 0) return sealed;
  }
}

/** Rows without a seal, oldest first. What has no mark of ours is answered too: it is never sealed, and verify names it. */
async function findUnsealed(client: pg.ClientBase, chain: Chain, { log, back }: Pass): Promise<Found[]> {
  const { id, at } = sealedColumns[log];
  const { rows } = await client.query<Found>(
    `with sealed as materialized (
      select unnest(s.ids) as id from seals s
      where s.log = '${log}' and s.scanned_to >= coalesce($1::timestamptz - make_interval(secs => $2), '-infinity')
    )
    select l.${id} as id, l.mark, ${digestSql(log)} as digest, greatest(l.${at}, $1::timestamptz)::text as scanned_to,
      l.mark is null and l.${at} <= $3 and l.${at} >= coalesce($1::timestamptz, '-infinity') as is_adopted,
      pg_catalog.clock_timestamp()::text as now
    from ${log} l
    where l.${at} > coalesce($1::timestamptz - make_interval(secs => $2), '-infinity')
      and not exists (select from sealed where sealed.id = l.${id})
    order by l.${at}, l.${id} limit ${mostFound}`,
    [chain.frontier.get(log) ?? null, back, chain.frontier.get('genesis')],
  );
  return rows;
}

/** Seals rows of a log, in the order of their time. */
async function append(client: pg.ClientBase, chain: Chain, log: SealedLog, rows: Found[]): Promise<void> {
  const newest = rows.at(-1);
  if (newest === undefined) return;
  const digests = Buffer.concat(rows.map(({ digest }) => digest));
  const [scannedTo, sealedAt] = [newest.scanned_to, newest.now];
  await link(client, chain, { log, ids: rows.map(({ id }) => id), digests, scannedTo, sealedAt });
}

type Link = Pick<Seal, 'log' | 'ids' | 'digests' | 'scannedTo' | 'sealedAt'>;

async function link(client: pg.ClientBase, chain: Chain, content: Link): Promise<void> {
  const { last } = chain;
  const place = { height: (last?.height ?? 0) + 1, previous: last?.hash ?? noSeal };
  const made = seal({ ...content, ...place }, last);
  await insertSeal(client, made);
  chain.last = made;
  chain.frontier.set(content.log, content.scannedTo);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
