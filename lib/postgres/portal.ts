import 'server-only';
import type pg from 'pg';
import { deferred } from '../deferred';
import { type Ending, type Message, pipeline } from './messages';
import type { Valve } from './queue';
import type { Batch, Encoder } from './rows';
import type { WireTap } from './wire';

/** How a statement ended, before its error has advice. */
export type PortalEnd =
  | { type: 'complete'; command: string; rowCount: number | null; isTruncated: boolean }
  | { type: 'failed'; error: unknown };

/** Takes what one statement answers; types have no names yet. `end` is the last call, and comes once. */
export type PortalSink<B extends Batch> = {
  fields(fields: { name: string; type_oid: number }[]): void;
  rows(batch: B): void;
  notice(severity: string, message: string): void;
  end(end: PortalEnd): void;
};

export type Portal = Valve & {
  /** Drops what is not delivered yet and lets the rest of the answer drain. */
  abandon(): void;
  /** Resolves when PostgreSQL is ready again or gone: true when the statement and all around it have succeeded. */
  closed: Promise<boolean>;
};

type Options<B extends Batch> = {
  sql: string;
  params: (string | null)[];
  /** Rows to deliver; more than these make the result truncated. */
  maxRows: number;
  /** Whether the statement must run to its end though no more rows are delivered. */
  isRunToEnd: boolean;
  /** Our own steps around it: one that fails before it is the statement's failure. */
  before: Message[];
  after: Ending;
  encoder: Encoder<B>;
};

/** What V8 keeps as a string among the young: whoever reads a line of 128 kB pays for it twice. */
const batchBytes = 32 * 1024;
const batchDelayMs = 30;

/** What pg calls on whatever is submitted to a client; its types name only `submit`. */
type Answer = { fields: { name: string; dataTypeID: number }[]; text: string };
type ExtendedConnection = {
  stream: { write(bytes: Buffer): void; pause(): void; resume(): void; destroy(error: Error): void };
  sync(): void;
  sendCopyFail(reason: string): void;
};

/**
 * Sends one statement and our steps around it in one write, and delivers its answer. Rows come past pg's parser,
 * as bytes, and pg sees the answers to the statement alone.
 */
export function openPortal<B extends Batch>(
  client: pg.Client,
  tap: WireTap,
  options: Options<B>,
  sink: PortalSink<B>,
): Portal {
  const connection = client.connection as pg.Connection & ExtendedConnection;
  const { encoder } = options;
  const closed = deferred<boolean>();
  let rows = 0;
  let isAbandoned = false;
  let isTruncated = false;
  let isSettled = false;
  let isSent = false;
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    try {
      const batch = encoder.take();
      if (batch !== null && !isAbandoned) sink.rows(batch);
    } catch (error) {
      settle({ type: 'failed', error });
    }
  }

  function takeRow(bytes: Buffer, start: number, end: number, isLast = true): void {
    if (isLast) rows += 1;
    if (rows > options.maxRows) isTruncated = true;
    if (isTruncated || isAbandoned || isSettled) return;
    encoder.add(bytes, start, end, isLast);
    if (encoder.size() >= batchBytes) flush();
    else timer ??= setTimeout(flush, batchDelayMs);
  }

  function settle(end: PortalEnd): void {
    if (isSettled) return;
    isSettled = true;
    if (timer !== null) clearTimeout(timer);
    client.removeListener('notice', onNotice);
    sink.end(end);
    // The last rows may have closed the valve, which nobody opens after the end: the next statement would wait for ever.
    connection.stream.resume();
  }

  function complete(command: string): void {
    flush();
    const [word, count] = splitTag(command);
    const rowCount = isTruncated && !options.isRunToEnd ? options.maxRows : count;
    settle({ type: 'complete', command: word, rowCount, isTruncated });
  }

  function onNotice({ severity = 'NOTICE', message = '' }: { severity?: string; message?: string }): void {
    sink.notice(severity, message);
  }

  /** PostgreSQL is ready, or its connection is gone: rows of the next statement are not ours. */
  function close(isClean: boolean): void {
    tap.sink = null;
    tap.copy = null;
    tap.isOurs = null;
    client.removeListener('end', onLost);
    closed.resolve(isClean);
  }

  function onLost(): void {
    settle({ type: 'failed', error: new Error('the connection has ended') });
    close(false);
  }

  client.on('notice', onNotice);
  client.once('end', onLost);
  client.query({
    submit() {
      isSent = true;
      tap.sink = encoder.source === 'rows' ? takeRow : null;
      tap.copy = encoder.source === 'copy' ? takeRow : null;
      tap.isOurs = answerFilter(options.before.length, options.after.messages.length, close);
      const hasLimit = !options.isRunToEnd && Number.isFinite(options.maxRows);
      connection.stream.write(pipeline({ ...options, rowLimit: hasLimit ? options.maxRows + 1 : 0 }));
    },
    handleRowDescription({ fields }: Answer) {
      sink.fields(fields.map(({ name, dataTypeID }) => ({ name, type_oid: dataTypeID })));
    },
    handlePortalSuspended: () => complete('SELECT'),
    handleCommandComplete: ({ text }: Answer) => complete(text),
    handleEmptyQuery: () => complete(''),
    handleError(error: unknown) {
      if (!isAbandoned) flush();
      settle({ type: 'failed', error });
      if (!isSent) close(false);
    },
    handleCopyInResponse() {
      // What we sent after the statement would be taken for the copy's data.
      if (options.after.messages.length > 0)
        connection.stream.destroy(new Error('COPY FROM STDIN has no data here'));
      connection.sendCopyFail('COPY FROM STDIN has no data here');
      connection.sync();
    },
    handleCopyData: () => undefined,
    handleReadyForQuery: () => undefined,
  } as pg.Submittable);

  return {
    pause: () => connection.stream.pause(),
    resume: () => connection.stream.resume(),
    abandon() {
      isAbandoned = true;
      connection.stream.resume();
    },
    closed: closed.promise,
  };
}

const [parsed, bound, noData, described, done, suspended, empty, failed, ready] = [...'12nTCsIEZ'].map(
  (type) => type.charCodeAt(0),
);

/**
 * Tells the answers to our own steps from those to the statement, which stands after `before` steps and is followed
 * by `messages` simple ones. `close` is called at the last ReadyForQuery, with whether nothing has failed.
 */
function answerFilter(before: number, messages: number, close: (isClean: boolean) => void) {
  let stepsLeft = before;
  let readiesLeft = 1 + messages;
  let isAnswered = false;
  let isClean = true;
  return (type: number): boolean => {
    switch (type) {
      case parsed:
      case bound:
        return true;
      case ready:
        readiesLeft -= 1;
        if (readiesLeft === 0) close(isClean);
        return readiesLeft > 0;
      case done:
      case suspended:
      case empty:
      case failed:
        isClean &&= type !== failed;
        if (isAnswered) return true;
        if (stepsLeft > 0 && type !== failed) {
          stepsLeft -= 1;
          return true;
        }
        isAnswered = true;
        return false;
      case described:
      case noData:
        return isAnswered || stepsLeft > 0 || type === noData;
      default:
        return false;
    }
  };
}

/** `INSERT 0 5` → ['INSERT', 5], `CREATE TABLE` → ['CREATE TABLE', null]. */
function splitTag(tag: string): [string, number | null] {
  const match = /^([A-Z ]+?)(?: \d+)?(?: (\d+))?$/.exec(tag);
  const count = /(\d+)$/.exec(tag)?.[1];
  return [match?.[1] ?? tag, count === undefined ? null : Number(count)];
}
