import 'server-only';
import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** Bytes that one message from a server may have. A larger one ends its connection, unread. */
export const messageLimit = 16 * 1024 * 1024;

const dataRow = 0x44;
const headerBytes = 5;

/** Takes the payload of a DataRow: bytes `start` to `end` of `bytes`, valid during the call only. */
export type RowSink = (bytes: Buffer, start: number, end: number) => void;

export type WireTap = {
  /** Where rows go instead of to pg's parser; null gives them back to it. */
  sink: RowSink | null;
  /** Told the type of each message that is no row; true keeps it from pg, who did not ask for it. */
  isOurs: ((type: number) => boolean) | null;
  /** Called once, with its size in bytes, when a message is over the limit; its connection is closed then. */
  onOversize: ((bytes: number) => void) | null;
};

/**
 * Stands between a connected client's socket and pg's parser. It reads the frames' headers only, which gives:
 * rows as raw bytes (no string a cell), and an end to messages that would not fit into memory, before they are
 * buffered. pg's own parser buffers a whole message whatever its size, and dies beyond 512 MB.
 */
export function tapWire(client: pg.Client, limit = messageLimit): WireTap {
  const stream: Duplex = client.connection.stream;
  const [parse] = stream.listeners('data') as ((chunk: Buffer) => void)[];
  if (parse === undefined) throw new Error('pg has no parser on its stream: was the client connected?');
  const tap: WireTap = { sink: null, isOurs: null, onOversize: null };
  const read = frameReader(tap, parse, limit, (bytes) => {
    tap.onOversize?.(bytes);
    stream.destroy(new Error(`a message of ${bytes} bytes is over the limit of ${limit}`));
  });
  stream.removeListener('data', parse);
  stream.on('data', read);
  return tap;
}

/** Cuts chunks into frames; exported for its test. `parse` gets every byte that neither `sink` nor `isOurs` takes, in order. */
export function frameReader(
  tap: Pick<WireTap, 'sink' | 'isOurs'>,
  parse: (chunk: Buffer) => void,
  limit: number,
  refuse: (bytes: number) => void,
): (chunk: Buffer) => void {
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  let wanted = 0;
  let isRefused = false;

  function carry(part: Buffer, needed: number): void {
    carried.push(part);
    carriedBytes += part.length;
    wanted = needed;
  }

  /** Adds what a frame that began in an earlier chunk lacks, and no byte more; answers where the chunk goes on. */
  function complete(chunk: Buffer): number {
    let from = 0;
    while (carriedBytes > 0 && from < chunk.length) {
      const part = chunk.subarray(from, from + wanted - carriedBytes);
      from += part.length;
      carry(part, wanted);
      if (carriedBytes < wanted) break;
      const whole = Buffer.concat(carried);
      carried = [];
      carriedBytes = 0;
      walk(whole);
    }
    return from;
  }

  function walk(bytes: Buffer): void {
    let forwardFrom = 0;
    let at = 0;
    const forward = (to: number) => {
      if (to > forwardFrom) parse(bytes.subarray(forwardFrom, to));
    };
    while (at + headerBytes <= bytes.length) {
      const size = 1 + bytes.readUInt32BE(at + 1);
      if (size > limit) {
        isRefused = true;
        forward(at);
        refuse(size);
        return;
      }
      if (at + size > bytes.length) break;
      const type = bytes[at] as number;
      if (type === dataRow ? tap.sink !== null : tap.isOurs?.(type)) {
        forward(at);
        if (type === dataRow) tap.sink?.(bytes, at + headerBytes, at + size);
        forwardFrom = at + size;
      }
      at += size;
    }
    forward(at);
    if (at === bytes.length) return;
    const hasHeader = at + headerBytes <= bytes.length;
    carry(bytes.subarray(at), hasHeader ? 1 + bytes.readUInt32BE(at + 1) : headerBytes);
  }

  return (chunk) => {
    if (isRefused) return;
    const from = complete(chunk);
    if (from < chunk.length && !isRefused) walk(from === 0 ? chunk : chunk.subarray(from));
  };
}
