import { createHash } from 'node:crypto';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../cursor';
import { AppError } from '../errors';
import { checkStorable } from '../storable';
import type { RowOrdering } from './browse-order';
import type { RowSource } from './catalog/row-source';

/** A value of the row that a page begins after: its text, NULL, or 0 where the row must be looked up for it. */
export type CursorValue = string | null | 0;

export type PageCursor =
  | { type: 'row'; values: CursorValue[] }
  | { type: 'offset'; offset: number; isFromEnd: boolean };

/** Rows that may be skipped to reach a page of a relation without a key. */
export const offsetLimit = 100_000;

const schema = z.object({
  s: z.string(),
  p: z.array(z.union([z.string(), z.null(), z.literal(0)])).optional(),
  o: z.int().min(0).max(offsetLimit).optional(),
  e: z.literal(1).optional(),
});

export function encodePageCursor(signature: string, cursor: PageCursor): string {
  if (cursor.type === 'row') return encodeCursor({ s: signature, p: cursor.values });
  return encodeCursor({ s: signature, o: cursor.offset, ...(cursor.isFromEnd && { e: 1 }) });
}

/** Reads a cursor of this relation in this order. Throws AppError `invalid` on any other. */
export function decodePageCursor(signature: string, ordering: RowOrdering, text: string): PageCursor {
  const { s, p, o, e } = decodeCursor(schema, text);
  if (s === signature) {
    if (o !== undefined && ordering.mode === 'offset') {
      return { type: 'offset', offset: o, isFromEnd: e === 1 };
    }
    if (p !== undefined && ordering.mode === 'keyset' && isPosition(p, ordering)) {
      return { type: 'row', values: p };
    }
  }
  throw new AppError('invalid', 'The cursor belongs to another order or another relation.', {
    hint: 'Begin at the first page, without after or before.',
  });
}

function isPosition(values: CursorValue[], { terms }: RowOrdering): boolean {
  for (const value of values) if (typeof value === 'string') checkStorable(value, 'The cursor');
  return (
    values.length === terms.length &&
    terms.every(({ isNotNull, isKey }, index) => {
      const value = values[index];
      return (value !== null || !isNotNull) && (value !== 0 || !isKey);
    })
  );
}

/** What a cursor is good for: a relation in an order. */
export function signatureOf(
  { schema, name }: RowSource,
  { mode, terms }: Pick<RowOrdering, 'mode' | 'terms'>,
): string {
  const order = terms.map(({ sql, direction }) => [sql, direction]);
  return createHash('sha256')
    .update(JSON.stringify([schema, name, mode, order]))
    .digest('base64url')
    .slice(0, 11);
}
