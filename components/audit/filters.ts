import { type FilterForm, type Filters, filteredPath } from '@/components/filters/filters';

const names = ['q', 'kind', 'action', 'user', 'server', 'from', 'to'] as const;

/** What the activity page shows: its URL's parameters. */
export type ActivityFilters = Filters<(typeof names)[number]>;

export const activityForm: FilterForm<(typeof names)[number]> = { base: '/settings/audit', names };

/** The activity page with these filters, from the newest event or after an event. */
export function activityPath(filters: ActivityFilters, after?: string): string {
  return filteredPath(activityForm, filters, after);
}

/** The download of what these filters let through. */
export function exportPath(filters: ActivityFilters, format: 'csv' | 'ndjson'): string {
  const path = filteredPath({ ...activityForm, base: '/api/v1/audit/export' }, filters);
  return `${path}${path.includes('?') ? '&' : '?'}format=${format}`;
}
