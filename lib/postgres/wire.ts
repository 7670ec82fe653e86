import 'server-only';
import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { singleton } from '../singleton';

/** Bytes that one message from a server may have. A larger one ends its connection, unread. */
export const messageLimit = 16 * 1024 * 1024;

const dataRow = 0x44;
const errorResponse = 0x45;
const noticeResponse = 0x4e;
const copyData = 0x64;
const headerBytes = 5;

/** Takes the payload of a DataRow: bytes `start` to `end` of `bytes`, valid during the call only. */
export type RowSink = (bytes: Buffer, start: number, end: number) => void;

/** Takes a piece of a CopyData's payload, bytes `start` to `end` of `bytes`; `isLast` with the end of its message. */
export type CopySink = (bytes: Buffer, start: number, end: number, isLast: boolean) => void;

export type WireTap = {
  /** Where rows go instead of to pg's parser; null gives them back to it. */
  sink: RowSink | null;
  /** Where the data of a COPY go, piece by piece: whatever the size of a message, it is never held whole. */
  copy: CopySink | null;
  /** Told the type of each message that is no row; true keeps it from pg, who did not ask for it. */
  isOurs: ((type: number) => boolean) | null;
  /** Called once, with its size in bytes, when a message is over the limit; its connection is closed then. */
  onOversize: ((bytes: number) => void) | null;
};

/**
 * Has a tap on a client's connection from its first message, the sign-in's included; to be called before it connects.
 * tapOf() finds it again.
 */
export function tapWhenConnecting(client: pg.Client): void {
  const connection = client.connection as pg.Connection & { attachListeners(stream: Duplex): void };
  const attach = connection.attachListeners.bind(connection);
  connection.attachListeners = (stream) => {
    attach(stream);
    taps().set(client, tapWire(client));
  };
}

/** The tap of a connected client. */
export function tapOf(client: pg.Client): WireTap {
  const tap = taps().get(client) ?? tapWire(client);
  taps().set(client, tap);
  return tap;
}

function taps(): WeakMap<pg.Client, WireTap> {
  return singleton('postgres.taps', () => new WeakMap());
}

/**
 * Stands between a client's socket and pg's parser. It reads the frames' headers only, which gives: rows as raw bytes (no
 * string a cell), and an end to messages that would not fit into memory, before they are buffered, and to those that the
 * parser would never end on. pg's own parser buffers a whole message whatever its size, and dies beyond 512 MB.
 */
export function tapWire(client: pg.Client, limit = messageLimit): WireTap {
  const stream: Duplex = client.connection.stream;
  const [parse] = stream.listeners('data') as ((chunk: Buffer) => void)[];
  if (parse === undefined) throw new Error('pg has no parser on its stream: was the client connected?');
  const tap: WireTap = { sink: null, copy: null, isOurs: null, onOversize: null };
  const read = frameReader(tap, parse, limit, (reason, bytes) => {
    if (reason === 'oversize') tap.onOversize?.(bytes);
    stream.destroy(new Error(refusalWords(reason, bytes, limit)));
  });
  stream.removeListener('data', parse);
  stream.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (cause) {
      stream.destroy(new Error('the server sent what pg cannot read', { cause }));
    }
  });
  return tap;
}

/** `malformed`: an error or a notice whose fields do not end where it ends. */
type Refused = 'oversize' | 'malformed';

function refusalWords(reason: Refused, bytes: number, limit: number): string {
  return reason === 'oversize'
    ? `a message of ${bytes} bytes is over the limit of ${limit}`
    : 'the server sent an error or a notice that does not end';
}

/** Cuts chunks into frames; exported for its test. `parse` gets every byte that no part of the tap takes, in order. */
export function frameReader(
  tap: Pick<WireTap, 'sink' | 'copy' | 'isOurs'>,
  parse: (chunk: Buffer) => void,
  limit: number,
  refuse: (reason: Refused, bytes: number) => void,
): (chunk: Buffer) => void {
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  let wanted = 0;
  let copyLeft = 0;
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

  /** Hands on what of a message of a COPY is there; answers where it ends. */
  function copy(bytes: Buffer, from: number, size: number): number {
    const end = Math.min(bytes.length, from + size);
    copyLeft = from + size - end;
    tap.copy?.(bytes, from, end, copyLeft === 0);
    return end;
  }

  function walk(bytes: Buffer): void {
    let forwardFrom = 0;
    let at = 0;
    const forward = (to: number) => {
      if (to > forwardFrom) parse(bytes.subarray(forwardFrom, to));
    };
    while (at + headerBytes <= bytes.length) {
      const size = 1 + bytes.readUInt32BE(at + 1);
      const type = bytes[at] as number;
      if (type === copyData && tap.copy !== null && size >= headerBytes) {
        forward(at);
        forwardFrom = at = copy(bytes, at + headerBytes, size - headerBytes);
        continue;
      }
      const reason = size > limit ? 'oversize' : null;
      const isWhole = at + size <= bytes.length;
      const refused = reason ?? (isWhole && !isSound(type, bytes, at, size) ? 'malformed' : null);
      if (refused !== null) {
        isRefused = true;
        forward(at);
        refuse(refused, size);
        return;
      }
      if (!isWhole) break;
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
    let from = complete(chunk);
    if (copyLeft > 0) from = copy(chunk, from, copyLeft);
    if (from < chunk.length && !isRefused) walk(from === 0 ? chunk : chunk.subarray(from));
  };
}

/**
 * Whether pg's parser will end on a frame: those of errors and notices are fields (a letter, text, NUL) and a NUL, and it
 * looks for that last one without a look at the frame's length.
 */
function isSound(type: number, bytes: Buffer, start: number, size: number): boolean {
  if (type !== errorResponse && type !== noticeResponse) return size >= headerBytes;
  const last = start + size - 1;
  let at = start + headerBytes;
  while (at < last && bytes[at] !== 0) {
    const end = bytes.indexOf(0, at + 1);
    if (end === -1) return false;
    at = end + 1;
  }
  return at === last && bytes[at] === 0;
}
