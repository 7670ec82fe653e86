import 'server-only';
import type pg from 'pg';

type CopyConnection = pg.Connection & {
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
};

/**
 * Sends what a source yields as the data of a `copy … from stdin` of ours, as fast as the server takes it, and answers how
 * many rows it took. Rejects with what the server says, or with what the source throws once the server has given up the
 * COPY for it. The statement goes by the simple protocol: never one that holds a person's text.
 */
export function copyIn(client: pg.Client, sql: string, source: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0;
    let isOver = false;
    let failure: unknown = null;
    let pumped: Promise<void> = Promise.resolve();
    const query = {
      submit: (connection: pg.Connection) => connection.query(sql),
      handleCopyInResponse(connection: CopyConnection) {
        pumped = pump(connection, source, () => isOver).catch((error) => {
          failure = error;
          if (!isOver) connection.sendCopyFail('the source of the rows has failed');
        });
      },
      handleCommandComplete({ text }: { text: string }) {
        rows = Number(/\d+$/.exec(text)?.[0] ?? 0);
      },
      handleError(error: unknown) {
        isOver = true;
        void pumped.then(() => reject(failure ?? error));
      },
      handleReadyForQuery: () => resolve(rows),
    };
    client.query(query as pg.Submittable);
  });
}

/** What the server has given up on is still read to its end: whoever sends it hears of an answer only then. */
async function pump(
  connection: CopyConnection,
  source: AsyncIterable<Buffer>,
  isOver: () => boolean,
): Promise<void> {
  for await (const chunk of source) {
    if (isOver()) continue;
    sendChunk(connection, chunk);
    if (connection.stream.writableNeedDrain) await drained(connection);
  }
  if (!isOver()) connection.endCopyFrom();
}

const copyData = 'd'.charCodeAt(0);

/** One CopyData message around bytes that are not copied: pg's own way would, twice. */
function sendChunk({ stream }: pg.Connection, chunk: Buffer): void {
  const head = Buffer.allocUnsafe(5);
  head[0] = copyData;
  head.writeUInt32BE(chunk.length + 4, 1);
  stream.cork();
  stream.write(head);
  stream.write(chunk);
  stream.uncork();
}

function drained({ stream }: pg.Connection): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}
