import 'server-only';
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { SealedLog } from './mark';
import { currentKey, formerKey, isSignedBy } from './seal-key';

/**
 * The seals: rows of the query history and the audit log, by the batch. Each holds the SHA-256 of every row in it, the
 * hash of the seal before and a signature, so that whoever edits, removes, inserts or moves a row or a seal afterwards
 * cannot make the rest fit. What a chain alone can't show, that its tail was cut or all of it replaced, shows where its
 * head is remembered outside the store: lib/store/seal-head.ts.
 */
export type Seal = {
  height: number;
  log: SealedLog | 'genesis';
  ids: string[];
  /** 32 bytes a row, in the order of `ids`. */
  digests: Buffer;
  /** As PostgreSQL writes a timestamptz in UTC: a JavaScript date would lose the microseconds. */
  scannedTo: string;
  sealedAt: string;
  previous: Buffer;
  hash: Buffer;
  key: Buffer;
  signature: Buffer;
  /** The signature of the key before, where the key is another than that of the seal before. */
  endorsement: Buffer | null;
};

type Content = Pick<Seal, 'height' | 'log' | 'ids' | 'digests' | 'scannedTo' | 'sealedAt' | 'previous'>;

/** What the first seal takes for the hash of the one before. */
export const noSeal = Buffer.alloc(32);

/** The columns of a log's row that are hashed, and when the row was written by the store's own clock. */
export const sealedColumns = {
  query_history: {
    id: 'id',
    at: 'started_at',
    content: `l.id, l.script_id, l.statement, l.kind, l.user_id, l.username, l.server_id, l.server, l.database, l.level,
      l.pid, l.instance_id, l.sql, l.params, extract(epoch from l.started_at)`,
  },
  query_outcome: {
    id: 'history_id',
    at: 'finished_at',
    content: `l.history_id, l.status, l.rows, l.bytes, l.duration_ms, l.sqlstate, l.message,
      extract(epoch from l.finished_at)`,
  },
  audit_log: {
    id: 'id',
    at: 'at',
    content: `l.id, l.event_id, l.kind, l.action, l.result, l.error_code, l.user_id, l.username, l.via, l.subject_kind,
      l.subject, l.server, l.database, l.address, l.user_agent, l.detail, l.instance_id, extract(epoch from l.at)`,
  },
} as const satisfies Record<SealedLog, { id: string; at: string; content: string }>;

/**
 * SQL for the SHA-256 of a row `l` of this log: over its columns as one JSON array, which no setting of the session
 * changes. Changing it would break every seal there is.
 */
export function digestSql(log: SealedLog): string {
  const array = `pg_catalog.jsonb_build_array(${sealedColumns[log].content})`;
  return `pg_catalog.sha256(pg_catalog.convert_to(${array}::pg_catalog.text, 'UTF8'))`;
}

/** A seal over this content, by the key of now. Throws where the key was changed and the one before is not given. */
export function seal(content: Content, before: Seal | null): Seal {
  const key = currentKey();
  const hash = hashOf(content, key.publicKey);
  const isSameKey = before === null || before.key.equals(key.publicKey);
  const endorsement = isSameKey ? null : endorse(hash, before);
  return { ...content, hash, key: key.publicKey, signature: key.sign(hash), endorsement };
}

function endorse(hash: Buffer, before: Seal): Buffer {
  const former = formerKey();
  if (former?.publicKey.equals(before.key)) return former.sign(hash);
  throw new Error(
    'HOWDAH_SECRET was changed: set HOWDAH_OLD_SECRET to the one before once, so that the old seals are vouched for',
  );
}

/** What is wrong with a seal itself, seen from the one before; null when nothing is. */
export function faultOf(found: Seal, before: Seal | null): string | null {
  const { height, previous, key, hash, signature, endorsement } = found;
  if (height !== (before?.height ?? 0) + 1) return 'a seal before it is missing';
  if (!previous.equals(before?.hash ?? noSeal)) return 'it does not follow the seal before it';
  if (!hash.equals(hashOf(found, key))) return 'it was changed';
  if (!isSignedBy(key, hash, signature)) return 'its signature is false';
  if (before === null || before.key.equals(key)) return null;
  const isEndorsed = endorsement !== null && isSignedBy(before.key, hash, endorsement);
  return isEndorsed ? null : 'it was made with a key that the one before does not vouch for';
}

/** Every part with its length before it, so that no two contents are written alike. */
function hashOf({ height, log, ids, digests, scannedTo, sealedAt, previous }: Content, key: Buffer): Buffer {
  const hash = createHash('sha256');
  const parts = [
    'howdah seal 1',
    String(height),
    log,
    ids.join(),
    digests,
    scannedTo,
    sealedAt,
    previous,
    key,
  ];
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest();
}

type SealRow = Omit<Seal, 'height' | 'scannedTo' | 'sealedAt'> & {
  height: string;
  scanned_to: string;
  sealed_at: string;
};

/** The seals after a height, lowest first. */
export async function readSeals(client: pg.ClientBase, after: number, most: number): Promise<Seal[]> {
  const { rows } = await client.query<SealRow>({
    name: 'read-seals',
    text: `select height, log, ids, digests, scanned_to::text, sealed_at::text, previous, hash, key, signature, endorsement
      from seals where height > $1 order by height limit $2`,
    values: [after, most],
  });
  return rows.map(asSeal);
}

/** The newest seal, null where there is none. */
export async function readLastSeal(client: pg.ClientBase): Promise<Seal | null> {
  const { rows } = await client.query<SealRow>({
    name: 'read-last-seal',
    text: `select height, log, ids, digests, scanned_to::text, sealed_at::text, previous, hash, key, signature, endorsement
      from seals order by height desc limit 1`,
  });
  return rows[0] === undefined ? null : asSeal(rows[0]);
}

function asSeal({ height, scanned_to, sealed_at, ...row }: SealRow): Seal {
  return { ...row, height: Number(height), scannedTo: scanned_to, sealedAt: sealed_at };
}

/** Commits a seal. */
export async function insertSeal(client: pg.ClientBase, made: Seal): Promise<void> {
  const { height, log, ids, digests, scannedTo, sealedAt, previous, hash, key, signature, endorsement } =
    made;
  await client.query({
    name: 'insert-seal',
    text: `insert into seals (height, log, ids, digests, scanned_to, sealed_at, previous, hash, key, signature, endorsement)
      values ($1, $2, $3::uuid[], $4, $5, $6, $7, $8, $9, $10, $11)`,
    values: [height, log, ids, digests, scannedTo, sealedAt, previous, hash, key, signature, endorsement],
  });
}
