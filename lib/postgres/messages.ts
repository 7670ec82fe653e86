import 'server-only';
import { serialize } from 'pg-protocol';

/** Messages of PostgreSQL's protocol, ready to be sent: one step of ours. */
export type Message = Buffer;

/** One statement of ours by the extended protocol, without a Sync of its own; its rows are not described. */
export function step(text: string): Message {
  return Buffer.concat([serialize.parse({ text }), serialize.bind(), serialize.execute()]);
}

/** One message of ours by the simple protocol, which PostgreSQL ends by itself. */
export function simple(text: string): Message {
  return serialize.query(text);
}

/** What follows a statement in the same write. */
export type Ending = { steps: Message[]; messages: Message[] };

export type Pipeline = {
  /** Steps before the statement: when one fails, PostgreSQL skips everything up to the Sync. */
  before: Message[];
  sql: string;
  params: (string | null)[];
  /** Rows after which the portal is suspended; 0 for all. */
  rowLimit: number;
  /** Steps after it, which PostgreSQL skips when it has failed, and then simple messages, which it never skips. */
  after: Ending;
};

const describe = serialize.describe({ type: 'P' });
const sync = serialize.sync();

/**
 * A statement of a person between our own, as one write. By the extended protocol PostgreSQL takes no second
 * statement in its text.
 */
export function pipeline({ before, sql, params, rowLimit, after }: Pipeline): Buffer {
  return Buffer.concat([
    ...before,
    serialize.parse({ text: sql }),
    serialize.bind({ values: params }),
    describe,
    serialize.execute({ rows: rowLimit }),
    ...after.steps,
    sync,
    ...after.messages,
  ]);
}
