import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { env } from '../env';
import type { Seal } from './seal';

/** The newest seal that is known: its height and its hash in hexadecimal. */
export type SealHead = { height: number; hash: string };

/**
 * The head that this instance remembers in HOWDAH_DATA, outside the store; null where it remembers none. Each instance
 * keeps its own: one that did not seal last lags behind, but its head is always one of the chain's.
 */
export async function readHead(): Promise<SealHead | null> {
  const text = await readFile(headFile(), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : (JSON.parse(text) as SealHead);
}

/** Whether a head is one of the store's chain. */
export async function isOfChain(client: pg.ClientBase, head: SealHead): Promise<boolean> {
  const { rows } = await client.query<{ hash: Buffer }>('select hash from seals where height = $1', [
    head.height,
  ]);
  return rows[0]?.hash.toString('hex') === head.hash;
}

/**
 * Remembers the newest seal of the store. A head that is not of its chain stays as it is, and says that the tail was cut
 * or the store replaced, until somebody who knows why removes the file. Answers whether it was of the chain.
 */
export async function followHead(client: pg.ClientBase): Promise<boolean> {
  const last = await readNewest(client);
  const head = await readHead();
  if (head !== null && !(await isOfChain(client, head))) return false;
  if (last !== null && last.height > (head?.height ?? 0)) await writeHead(last);
  return true;
}

/** Without the ids that it seals: after each pass they would be a thousand to parse. */
async function readNewest(client: pg.ClientBase): Promise<SealHead | null> {
  const { rows } = await client.query<{ height: string; hash: Buffer }>(
    'select height, hash from seals order by height desc limit 1',
  );
  return rows[0] === undefined ? null : headOf({ height: Number(rows[0].height), hash: rows[0].hash });
}

/** A seal's place and hash. */
export function headOf({ height, hash }: Pick<Seal, 'height' | 'hash'>): SealHead {
  return { height, hash: hash.toString('hex') };
}

async function writeHead(head: SealHead): Promise<void> {
  const file = headFile();
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, `${JSON.stringify(head)}\n`, { mode: 0o600, flush: true });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

function headFile(): string {
  return path.resolve(env().HOWDAH_DATA, 'seal-head.json');
}
