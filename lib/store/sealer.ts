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

/** Rows that one seal holds at most. */
const mostRows = 1_000;

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
    // The first pass looks through much; nobody waits for it.
    await client.query('set statement_timeout = 0');
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
  await append(client, chain, { log: 'genesis', rows: [], scannedTo: now, sealedAt: now });
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
    const newest = found.at(-1);
    if (newest === undefined || own.length === 0) return sealed;
    await append(client, chain, { log, rows: own, scannedTo: newest.scanned_to, sealedAt: newest.now });
    sealed += own.length;
    if (found.length < mostRows) return sealed;
  }
}

/** Rows without a seal, oldest first. What has no mark of ours is answered too: it is never sealed, and verify names it. */
async function findUnsealed(client: pg.ClientBase, chain: Chain, { log, back }: Pass): Promise<Found[]> {
  const { id, at } = sealedColumns[log];
  const { rows } = await client.query<Found>(
    `with bounds as (
      select coalesce($1::timestamptz, '-infinity') as frontier, coalesce($1::timestamptz - make_interval(secs => $2), '-infinity') as since,
        (select scanned_to from seals where height = 1) as genesis
    )
    select l.${id} as id, l.mark, ${digestSql(log)} as digest, greatest(l.${at}, b.frontier)::text as scanned_to,
      l.mark is null and l.${at} <= b.genesis and l.${at} >= b.frontier as is_adopted,
      pg_catalog.clock_timestamp()::text as now
    from bounds b join ${log} l on l.${at} > b.since
    where not exists (
      select from seals s, unnest(s.ids) as sealed (id)
      where s.log = '${log}' and s.scanned_to >= b.since and sealed.id = l.${id})
    order by l.${at}, l.${id} limit ${mostRows}`,
    [chain.frontier.get(log) ?? null, back],
  );
  return rows;
}

type Batch = { log: Seal['log']; rows: Pick<Found, 'id' | 'digest'>[]; scannedTo: string; sealedAt: string };

async function append(client: pg.ClientBase, chain: Chain, { rows, ...batch }: Batch): Promise<void> {
  const { last } = chain;
  const content = {
    ...batch,
    height: (last?.height ?? 0) + 1,
    ids: rows.map(({ id }) => id),
    digests: Buffer.concat(rows.map(({ digest }) => digest)),
    previous: last?.hash ?? noSeal,
  };
  const made = seal(content, last);
  await insertSeal(client, made);
  chain.last = made;
  chain.frontier.set(batch.log, batch.scannedTo);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
