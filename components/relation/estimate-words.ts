import { formatCount, formatRows } from '@/components/ui/format';
import type { RowEstimate } from '@/lib/api-types';

/** Below it, reading a whole relation is nothing to speak of. */
const few = 10_000;

/** What the planner expects of a filter, and what it will cost where that is much. */
export function estimateInWords({ estimated_rows: rows, ...told }: RowEstimate): string {
  const expected = `The plan expects about ${formatRows(rows)}.`;
  return isCostly(told) ? `${expected} ${costInWords(told)}` : expected;
}

/** Whether all of a large relation is read for the filter, in vain but for a few rows. */
export function isCostly({
  is_indexed: isIndexed,
  relation_rows: all,
}: Pick<RowEstimate, 'is_indexed' | 'relation_rows'>): boolean {
  return isIndexed === false && (all === null || all >= few);
}

function costInWords({ relation_rows: all }: Pick<RowEstimate, 'relation_rows'>): string {
  return `No index serves this: PostgreSQL reads all ${all === null ? '' : `${formatCount(all)} `}rows.`;
}
