import 'server-only';
import type pg from 'pg';
import type { Level } from '../api-types';
import { backendOf } from './backend';
import type { Lease } from './budget';
import { sendCancelRequest } from './connection';
import { queryError } from './errors';
import { type Ending, type Message, simple, step } from './messages';
import { sendSimple } from './simple';
import type { Target } from './target';
import { terminateBackend } from './terminate';
import { namesOfTypes, type TypeNames } from './type-names';
import { tapOf, type WireTap } from './wire';

/** One dedicated backend for one run, closed by whoever opened it. */
export type Session = {
  client: pg.Client;
  tap: WireTap;
  level: Level;
  pid: number;
  /** Names of types by oid, for the columns of a result; a promise when one must be looked up. */
  typeNames(oids: number[]): TypeNames | Promise<TypeNames>;
  /** Asks the backend to stop what it does now. Never throws; the connection is not used again. */
  cancel(): void;
  /** Ends the backend, which heeds no cancel, from another connection. Never throws; a lost one is closed. */
  terminate(): void;
  /** The connection is not used again after this run. */
  taint(): void;
  /** Waits in close() for a statement's answers; true when they have left the connection as a new one. */
  follow(isFresh: Promise<boolean>): void;
  /** Closes the connection under whatever runs. */
  destroy(): void;
  /** Ends an open transaction, forgets all state, and gives the connection back: once. Never throws. */
  close(): Promise<void>;
};

/** Borrows a backend of the target. Throws AppError `limited` or `unreachable`. Close it in `finally`. */
export async function openSession(target: Target): Promise<Session> {
  const lease = await target.acquire('runs');
  return makeSession(target, lease, tapOf(lease.client));
}

function makeSession(target: Target, lease: Lease, tap: WireTap): Session {
  const { client } = lease;
  const backend = backendOf(client);
  let isTainted = false;
  let isFresh: Promise<boolean> = Promise.resolve(true);
  let closed: Promise<void> | null = null;
  const giveBack = async () => {
    if (isTainted) return lease.destroy();
    try {
      if (!(await isFresh)) {
        await sendSimple(client, 'rollback');
        await sendSimple(client, 'discard all');
      }
      if (isTainted) lease.destroy();
      else lease.release();
    } catch {
      lease.destroy();
    }
  };
  return {
    client,
    tap,
    level: target.level,
    pid: backend.pid,
    typeNames: (oids) => namesOfTypes(target, oids),
    cancel() {
      isTainted = true;
      sendCancelRequest(target.endpoint(), client).catch(() => client.connection.stream.destroy());
    },
    terminate() {
      isTainted = true;
      terminateBackend(target, backend).catch(() => client.connection.stream.destroy());
    },
    taint() {
      isTainted = true;
    },
    destroy() {
      isTainted = true;
      client.connection.stream.destroy();
    },
    follow(next) {
      isFresh = next;
    },
    close() {
      closed ??= giveBack();
      return closed;
    },
  };
}

export type Frame = {
  /** Named in application_name, so that PostgreSQL is the registry of what runs. */
  historyId: string;
  isReadOnly: boolean;
  /** One backend reads, so that rows without an order come in the same order again. */
  isSerial?: boolean;
  /** Whole tables are read only where no index will do: for plans that are looked at, not run. */
  isIndexed?: boolean;
};

const beginReadOnly = step('begin read only');
const begin = step('begin');
const serial = step('set local max_parallel_workers_per_gather = 0');
const indexed = step('set local enable_seqscan = off');
/** Takes the snapshot, after which SET TRANSACTION READ WRITE is an error. */
const snapshot = step('select 1 where false');

/** Opens the transaction that the next statement runs in: sent before it, in the same write. */
export function beginFrame({ historyId, isReadOnly, isSerial, isIndexed }: Frame): Message[] {
  return [
    isReadOnly ? beginReadOnly : begin,
    ...(isSerial ? [serial] : []),
    ...(isIndexed ? [indexed] : []),
    ...continueFrame(historyId),
    snapshot,
  ];
}

/** Names the next statement inside a transaction that is already open. */
export function continueFrame(historyId: string): Message[] {
  return [step(`set local application_name = 'howdah:${historyId}'`)];
}

/** Names the next statement, which PostgreSQL refuses inside a transaction block. Throws AppError. */
export async function nameBare(session: Session, historyId: string): Promise<void> {
  await send(session, `set application_name = 'howdah:${historyId}'`);
}

const rollback = step('rollback');

/** Nothing follows: a commit may, which must wait for the answer. */
export const stayOpen: Ending = { steps: [], messages: [] };

/** Ends the transaction of a statement that has succeeded. */
export const rollBack: Ending = { steps: [rollback], messages: [] };

/** After the last statement of a run: ends the transaction and forgets all state. */
export const rollBackAndDiscard: Ending = { steps: [rollback], messages: [simple('discard all')] };

/** Ends the frame. Throws AppError when a commit fails (a deferred constraint, a lost connection). */
export async function commitFrame(session: Session): Promise<void> {
  await send(session, 'commit');
}

async function send(session: Session, text: string): Promise<void> {
  try {
    await sendSimple(session.client, text);
  } catch (error) {
    session.taint();
    throw queryError(error).error;
  }
}
