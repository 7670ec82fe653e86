import { z } from 'zod';
import { relationPlace } from './browse-schema';
import type { RowChange } from './edit-types';

const mostChanges = 1_000;
const mostColumns = 1_600;

const text = z.string().nullable();
const shownCell = z.object({ column: z.string(), value: text, bytes: z.int().min(0).optional() });
const row = z.object({ cells: z.array(shownCell).max(mostColumns), word: z.string().optional() });
const set = z
  .array(
    z.union([
      z.strictObject({ column: z.string(), value: text }),
      z.strictObject({ column: z.string(), is_default: z.literal(true) }),
    ]),
  )
  .max(mostColumns);

const change = z.discriminatedUnion('type', [
  z.object({ type: z.literal('update'), row, set }),
  z.object({ type: z.literal('insert'), set }),
  z.object({ type: z.literal('delete'), row }),
]) satisfies z.ZodType<RowChange>;

/** What a batch of edits takes: all of it is done, or nothing; with `dry_run` it is only shown. */
export const editsInput = relationPlace.extend({
  changes: z
    .array(change)
    .min(1)
    .max(
      mostChanges,
      'are at most 1,000 in one transaction: apply them in parts, or run one statement on the SQL page',
    ),
  dry_run: z.boolean().default(false),
});
