import 'server-only';
import type pg from 'pg';
import type { Level } from '../api-types';
import type { Lease } from './budget';
import { sendCancelRequest } from './connection';
import { queryError } from './errors';
import { sendSimple } from './simple';
import type { Target } from './target';
import { namesOfTypes } from './type-names';
import { tapWire, type WireTap } from './wire';

/** One dedicated backend for one run, closed by whoever opened it. */
export type Session = {
  client: pg.Client;
  tap: WireTap;
  level: Level;
  pid: number;
  /** Names of types by oid, for the columns of a result. */
  typeNames(oids: number[]): Promise<(oid: number) => string>;
  /** Asks the backend to stop what it does now. Never throws; the connection is not used again. */
  cancel(): void;
  /** The connection is not used again after this run. */
  taint(): void;
  /** Closes the connection under whatever runs. */
  destroy(): void;
  /** Ends an open transaction, forgets all state, and gives the connection back. Never throws. */
  close(): Promise<void>;
};

const taps = new WeakMap<pg.Client, WireTap>();

/** Borrows a backend of the target. Throws AppError `limited` or `unreachable`. Close it in `finally`. */
export async function openSession(target: Target): Promise<Session> {
  const lease = await target.acquire();
  const tap = taps.get(lease.client) ?? tapWire(lease.client);
  taps.set(lease.client, tap);
  return makeSession(target, lease, tap);
}

function makeSession(target: Target, lease: Lease, tap: WireTap): Session {
  const { client } = lease;
  let isTainted = false;
  return {
    client,
    tap,
    level: target.level,
    pid: (client as pg.Client & { processID: number }).processID,
    typeNames: (oids) => namesOfTypes(target, oids),
    cancel() {
      isTainted = true;
      sendCancelRequest(target.endpoint(), client).catch(() => client.connection.stream.destroy());
    },
    taint() {
      isTainted = true;
    },
    destroy() {
      isTainted = true;
      client.connection.stream.destroy();
    },
    async close() {
      if (isTainted) return lease.destroy();
      try {
        await sendSimple(client, 'rollback');
        await sendSimple(client, 'discard all');
        lease.release();
      } catch {
        lease.destroy();
      }
    },
  };
}

export type Frame = {
  /** Named in application_name, so that PostgreSQL is the registry of what runs. */
  historyId: string;
  isReadOnly: boolean;
  lockTimeoutMs: number;
  /** One backend reads, so that rows without an order come in the same order again. */
  isSerial?: boolean;
};

/** A statement's hard cap where a stream may rightly take long; the deadline proper is execute()'s. */
const hardCap = '1h';

/**
 * Opens the transaction that the next statement runs in: one constant message of ours. `select 1` takes the
 * snapshot, after which SET TRANSACTION READ WRITE is an error. Throws AppError.
 */
export async function beginFrame(session: Session, frame: Frame): Promise<void> {
  const settings = frameSettings(frame, 'set local');
  await send(session, `begin${frame.isReadOnly ? ' read only' : ''}; ${settings}; select 1`);
}

/** Names the next statement inside a transaction that is already open. Throws AppError. */
export async function continueFrame(session: Session, { historyId }: Frame): Promise<void> {
  await send(session, `set local application_name = 'howdah:${historyId}'`);
}

/** Sets the same limits for a statement that PostgreSQL refuses inside a transaction block. Throws AppError. */
export async function beginBare(session: Session, frame: Frame): Promise<void> {
  await send(session, frameSettings(frame, 'set'));
}

function frameSettings({ historyId, lockTimeoutMs, isSerial }: Frame, set: 'set' | 'set local'): string {
  return [
    ...(isSerial ? [`${set} max_parallel_workers_per_gather = 0`] : []),
    `${set} application_name = 'howdah:${historyId}'`,
    `${set} statement_timeout = '${hardCap}'`,
    `${set} lock_timeout = ${lockTimeoutMs}`,
    `${set} idle_in_transaction_session_timeout = '60s'`,
  ].join('; ');
}

/** Ends the frame. Throws AppError when a commit fails (a deferred constraint, a lost connection). */
export async function endFrame(session: Session, how: 'commit' | 'rollback'): Promise<void> {
  await send(session, how);
}

async function send(session: Session, text: string): Promise<void> {
  try {
    await sendSimple(session.client, text);
  } catch (error) {
    session.taint();
    throw queryError(error).error;
  }
}
