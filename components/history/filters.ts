import { type FilterForm, type Filters, filteredPath } from '@/components/filters/filters';

const names = ['q', 'status', 'user', 'server', 'database', 'from', 'to'] as const;

/** What a history page shows: its URL's parameters. */
export type HistoryFilters = Filters<(typeof names)[number]>;

export const historyForm: FilterForm<(typeof names)[number]> = { base: '/history', names };

/** The history page with these filters, from the newest run or after a run. */
export function historyPath(filters: HistoryFilters, after?: string): string {
  return filteredPath(historyForm, filters, after);
}
