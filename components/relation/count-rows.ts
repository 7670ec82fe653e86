import type { RowCount } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import { ask, relationEndpoint } from './endpoint';
import { type Filter, formatFilter } from './filter';
import type { RelationPlace } from './rows-view';

/** The exact number of rows that meet the filter, or what stood in the way. Throws only when aborted. */
export function countRows(
  place: RelationPlace,
  filter: readonly Filter[],
  signal: AbortSignal,
): Promise<RowCount | { error: ErrorBody }> {
  return ask<RowCount>(`${relationEndpoint(place)}/count`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filter: filter.map(formatFilter) }),
    signal,
  });
}

/** `1,234,567 rows`; the count is text, since it may go beyond what a number holds. */
export function countInWords(count: string): string {
  return `${count.replace(/\B(?=(\d{3})+$)/g, ',')} ${count === '1' ? 'row' : 'rows'}`;
}
