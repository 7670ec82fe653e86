import type pg from 'pg';
import { storePool } from '../store/db';
import { type SealedLog, sealedLogs } from '../store/mark';
import { readHead, type SealHead } from '../store/seal-head';
import { openSealer } from '../store/sealer';
import { type Verdict, verifySeals } from '../store/verify-seals';

/** Seals all that is committed, as one pass of the sealer. Answers how many rows. */
export async function sealAll(): Promise<number> {
  const client = await storePool().connect();
  try {
    return await (await openSealer(client)).pass();
  } finally {
    client.release(true);
  }
}

/** Verifies against the head that is remembered in HOWDAH_DATA, and others. */
export async function verify(
  logs: readonly SealedLog[] = sealedLogs,
  heads: SealHead[] = [],
): Promise<Verdict> {
  const own = await readHead();
  return verifySeals(logs, own === null ? heads : [own, ...heads]);
}

/** Changes the store as its superuser may, past every trigger. */
export async function tamper(client: pg.Client, statements: string[]): Promise<void> {
  await client.query('set session_replication_role = replica');
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.query('set session_replication_role = origin');
  }
}
