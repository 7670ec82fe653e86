import 'server-only';
import type pg from 'pg';
import { AppError } from '../errors';

/** A connection on loan. Exactly one of `release` and `destroy` is called, once. */
export type Lease = { client: pg.Client; release(): void; destroy(): void };

/**
 * What a connection is for: people's statements, after which all state is forgotten, or our own look-ups in the
 * catalogue, whose prepared statements live on. One never serves the other.
 */
export type Use = 'runs' | 'catalog';

export type Budget = {
  /** Borrows a connection to `database`. Throws AppError `limited` when none comes free in time. */
  acquire(database: string, use: Use): Promise<Lease>;
  /** Connections open now, idle ones included. */
  size(): number;
  /** Closes what is idle, and the rest as it comes back. */
  close(): void;
};

type Options = {
  /** Connections at most, over all databases. */
  limit: number;
  /** How long to wait for one, in milliseconds. */
  waitMs: number;
  /** How long an idle connection is kept, in milliseconds. */
  idleMs: number;
  connect(database: string, use: Use): Promise<pg.Client>;
};

type Idle = { client: pg.Client; database: string; use: Use; timer: NodeJS.Timeout };
type Waiter = { wake(): void };

/**
 * One budget of connections shared by all databases of a server at one level. An idle connection to the right
 * database is reused; else a new one is opened; at the limit the longest idle one of another database or use is
 * closed for it; else the caller waits its turn.
 */
export function createBudget({ limit, waitMs, idleMs, connect }: Options): Budget {
  const idle: Idle[] = [];
  const waiters: Waiter[] = [];
  let open = 0;
  let isClosed = false;

  function discard(client: pg.Client): void {
    open -= 1;
    void client.end().catch(() => undefined);
    waiters.shift()?.wake();
  }

  function takeIdle(index: number): pg.Client | undefined {
    const [taken] = idle.splice(index, 1);
    if (taken !== undefined) clearTimeout(taken.timer);
    return taken?.client;
  }

  function keep(client: pg.Client, database: string, use: Use): void {
    if (isClosed) {
      discard(client);
      return;
    }
    const timer = setTimeout(() => drop(client), idleMs).unref();
    idle.push({ client, database, use, timer });
    waiters.shift()?.wake();
  }

  function drop(client: pg.Client): void {
    const index = idle.findIndex((entry) => entry.client === client);
    if (index >= 0) {
      takeIdle(index);
      discard(client);
    }
  }

  function lend(client: pg.Client, database: string, use: Use): Lease {
    let isBack = false;
    const once = (action: () => void) => () => {
      if (!isBack) action();
      isBack = true;
    };
    return { client, release: once(() => keep(client, database, use)), destroy: once(() => discard(client)) };
  }

  async function openNew(database: string, use: Use): Promise<Lease> {
    open += 1;
    try {
      const client = await connect(database, use);
      client.on('error', () => drop(client));
      return lend(client, database, use);
    } catch (error) {
      open -= 1;
      waiters.shift()?.wake();
      throw error;
    }
  }

  async function acquire(database: string, use: Use): Promise<Lease> {
    const deadline = Date.now() + waitMs;
    for (;;) {
      const match = idle.findLastIndex((entry) => entry.database === database && entry.use === use);
      const client = match >= 0 ? takeIdle(match) : undefined;
      if (client !== undefined) return lend(client, database, use);
      if (open < limit) return openNew(database, use);
      const other = takeIdle(0);
      if (other !== undefined) discard(other);
      else await turn(deadline);
    }
  }

  function turn(deadline: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = { wake };
      const timer = setTimeout(() => {
        waiters.splice(waiters.indexOf(waiter), 1);
        reject(busy(limit, waitMs));
      }, deadline - Date.now());
      function wake(): void {
        clearTimeout(timer);
        resolve();
      }
      waiters.push(waiter);
    });
  }

  return {
    acquire,
    size: () => open,
    close: () => {
      isClosed = true;
      for (const entry of [...idle]) drop(entry.client);
    },
  };
}

function busy(limit: number, waitMs: number): AppError {
  return new AppError(
    'limited',
    `All ${limit} connections that Howdah may use on this server at this level were busy for ${waitMs / 1000} s.`,
    { hint: 'Cancel a running query, or try again when one has ended.' },
  );
}
