import { z } from 'zod';
import { relationPlace } from './browse-schema';
import { type CsvEncoding, csvEncodings } from './import-types';

const mostColumns = 1_599;

const character = z
  .string()
  .regex(/^[^\r\n\\a-z0-9.]$/i, 'is one character, no letter, figure, point, backslash or line end')
  .regex(/^[\t -~]$/, 'is a character of ASCII');

const columns = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/** What an import takes from its URL; `column` is given once a column of the file, empty for one that is left out. */
export const importInput = relationPlace.extend({
  column: columns.pipe(z.array(z.string()).min(1).max(mostColumns)),
  delimiter: character.default(','),
  quote: character.default('"'),
  encoding: z.enum(Object.keys(csvEncodings) as CsvEncoding[]).default('UTF8'),
  header: z.stringbool().default(true),
  body: z.instanceof(ReadableStream<Uint8Array>, { error: 'Send the file as text/csv.' }),
});
