import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../cursor';
import { AppError } from '../errors';
import { checkStorable } from '../storable';
import { signatureOf } from './browse-cursor';
import { type OrderTerm, rowTerms } from './browse-order';
import { operator, type Params } from './browse-params';
import type { RowSource } from './catalog/row-source';

const schema = z.object({ s: z.string(), r: z.array(z.string()) });

/**
 * The word by which one row of a page is asked for again: its key, else where it lies. `terms` and `values` are what the
 * page was ordered by and that row's texts. Null where nothing names the row.
 */
export function encodeRow(source: RowSource, terms: OrderTerm[], values: (string | null)[]): string | null {
  const names = rowTerms(source);
  if (names === null) return null;
  const texts = names.map(({ sql }) => values[terms.findIndex((term) => term.sql === sql)]);
  if (!texts.every((text) => typeof text === 'string' && text.startsWith('='))) return null;
  return encodeCursor({ s: signatureOfRow(source, names), r: texts.map((text) => text?.slice(1)) });
}

/** The conditions over `s` of the row that a word names, values bound. Throws AppError `invalid` for any other word. */
export function rowConditions(source: RowSource, word: string, params: Params): string[] {
  const { s, r } = decodeCursor(schema, word);
  const names = rowTerms(source);
  if (names === null || s !== signatureOfRow(source, names) || r.length !== names.length) {
    throw new AppError('invalid', 'The row belongs to another relation.', {
      hint: 'Take it from cut_rows of a page of this one.',
    });
  }
  return names.map(({ sql, cast, isSystem }, index) => {
    const text = r[index] ?? '';
    checkStorable(text, 'The row');
    return `s.${sql} ${operator('=', isSystem)} ${params.bind(text, cast)}`;
  });
}

function signatureOfRow(source: RowSource, terms: OrderTerm[]): string {
  return `row ${signatureOf(source, { mode: 'keyset', terms })}`;
}
