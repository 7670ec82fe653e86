import 'server-only';
import type pg from 'pg';
import { createQueue } from './queue';
import { createRowEncoder, type RowBatch } from './rows';
import type { WireTap } from './wire';

/** What one statement answers, before types have names and errors have advice. */
export type PortalEvent =
  | { type: 'fields'; fields: { name: string; type_oid: number }[] }
  | { type: 'rows'; batch: RowBatch }
  | { type: 'notice'; severity: string; message: string }
  | { type: 'complete'; command: string; rowCount: number | null; isTruncated: boolean; isEmpty: boolean }
  | { type: 'failed'; error: unknown };

export type Portal = {
  events: AsyncIterable<PortalEvent>;
  /** Drops what is not delivered yet and lets the rest of the answer drain. */
  abandon(): void;
};

type Options = {
  sql: string;
  params: (string | null)[];
  /** Rows to deliver; more than these make the result truncated. */
  maxRows: number;
  /** Whether the statement must run to its end though no more rows are delivered. */
  isRunToEnd: boolean;
  onPause(): void;
  onResume(): void;
};

const batchBytes = 128 * 1024;
const batchDelayMs = 30;

/** What pg calls on whatever is submitted to a client; its types name only `submit`. */
type Message = { fields: { name: string; dataTypeID: number }[]; text: string };
type ExtendedConnection = {
  stream: { cork(): void; uncork(): void; pause(): void; resume(): void };
  parse(message: { text: string }): void;
  bind(message: { values: (string | null)[] }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { rows?: number }): void;
  sync(): void;
  sendCopyFail(reason: string): void;
};

/**
 * Sends one statement by the extended protocol (parse, bind, describe, execute, sync in one write; the server
 * takes no second statement in it) and delivers its answer as events. Rows come past pg's parser, as bytes.
 */
export function openPortal(client: pg.Client, tap: WireTap, options: Options): Portal {
  const connection = client.connection as pg.Connection & ExtendedConnection;
  const encoder = createRowEncoder();
  const queue = createQueue<PortalEvent>(pause, resume);
  let rows = 0;
  let isAbandoned = false;
  let timer: NodeJS.Timeout | null = null;
  let isTruncated = false;
  let isSettled = false;

  function pause(): void {
    connection.stream.pause();
    options.onPause();
  }

  function resume(): void {
    connection.stream.resume();
    options.onResume();
  }

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    try {
      const batch = encoder.take();
      if (batch !== null) queue.push({ type: 'rows', batch }, batch.json.length);
    } catch (error) {
      settle({ type: 'failed', error });
    }
  }

  function takeRow(bytes: Buffer, start: number, last: number): void {
    rows += 1;
    if (rows > options.maxRows) isTruncated = true;
    if (isTruncated || isAbandoned || isSettled) return;
    encoder.add(bytes, start, last);
    if (encoder.size() >= batchBytes) flush();
    else timer ??= setTimeout(flush, batchDelayMs);
  }

  function settle(event: PortalEvent): void {
    if (isSettled) return;
    isSettled = true;
    queue.push(event);
    queue.end();
  }

  /** PostgreSQL is done with the statement: rows of the next one are not ours. */
  function end(event: PortalEvent): void {
    if (timer !== null) clearTimeout(timer);
    tap.sink = null;
    client.removeListener('notice', onNotice);
    settle(event);
  }

  function complete(command: string, isEmpty = false): void {
    flush();
    const [word, count] = splitTag(command);
    const rowCount = isTruncated && !options.isRunToEnd ? options.maxRows : count;
    end({ type: 'complete', command: word, rowCount, isTruncated, isEmpty });
  }

  function onNotice(notice: { severity?: string; message?: string }): void {
    const { severity = 'NOTICE', message = '' } = notice;
    queue.push({ type: 'notice', severity, message }, message.length);
  }

  client.on('notice', onNotice);
  client.query({
    submit() {
      tap.sink = takeRow;
      const limit = options.isRunToEnd || !Number.isFinite(options.maxRows) ? 0 : options.maxRows + 1;
      connection.stream.cork();
      connection.parse({ text: options.sql });
      connection.bind({ values: options.params });
      connection.describe({ type: 'P', name: '' });
      connection.execute({ rows: limit });
      connection.sync();
      connection.stream.uncork();
    },
    handleRowDescription({ fields }: Message) {
      queue.push({
        type: 'fields',
        fields: fields.map(({ name, dataTypeID }) => ({ name, type_oid: dataTypeID })),
      });
    },
    handlePortalSuspended: () => complete('SELECT'),
    handleCommandComplete: ({ text }: Message) => complete(text),
    handleEmptyQuery: () => complete('', true),
    handleError(error: unknown) {
      if (!isAbandoned) flush();
      end({ type: 'failed', error });
    },
    handleCopyInResponse() {
      connection.sendCopyFail('COPY FROM STDIN has no data here');
      connection.sync();
    },
    handleCopyData: () => undefined,
    handleReadyForQuery: () => undefined,
  } as pg.Submittable);

  return {
    events: queue,
    abandon() {
      isAbandoned = true;
      queue.drop((event) => event.type === 'complete' || event.type === 'failed');
    },
  };
}

/** `INSERT 0 5` → ['INSERT', 5], `CREATE TABLE` → ['CREATE TABLE', null]. */
function splitTag(tag: string): [string, number | null] {
  const match = /^([A-Z ]+?)(?: \d+)?(?: (\d+))?$/.exec(tag);
  const count = /(\d+)$/.exec(tag)?.[1];
  return [match?.[1] ?? tag, count === undefined ? null : Number(count)];
}
