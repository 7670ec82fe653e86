import { z } from 'zod';
import { AppError } from './errors';

/** A place in a list as an opaque word of a URL. */
export function encodeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place that a cursor names, as the schema reads it. Throws AppError `invalid` on any other text. */
export function decodeCursor<S extends z.ZodType>(schema: S, cursor: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError('invalid', 'The cursor is not one that this list has given out.', {
      hint: 'Begin at the first page, without after or before.',
      cause,
    });
  }
}

/** The cursor of a list ordered by texts, such as schema and name. */
export const textsOf = (length: number) => z.array(z.string()).length(length);
