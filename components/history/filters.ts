import type { RunStatus } from '@/lib/api-types';

/** What a history page shows: its URL's parameters, all of them text; `from` and `to` are ISO 8601 with zone. */
export type HistoryFilters = {
  user?: string;
  server?: string;
  database?: string;
  status?: RunStatus;
  q?: string;
  from?: string;
  to?: string;
};

/** The parameters that filter; `after` pages. */
export const filterNames = ['q', 'status', 'user', 'server', 'database', 'from', 'to'] as const;

/** The history page with these filters, from the newest run or after a run. */
export function historyPath(filters: HistoryFilters, after?: string): string {
  const params = new URLSearchParams();
  for (const name of filterNames) if (filters[name]) params.set(name, filters[name]);
  if (after) params.set('after', after);
  return params.size === 0 ? '/history' : `/history?${params}`;
}

/** How many filters are in force. */
export function countFilters(filters: HistoryFilters): number {
  return filterNames.filter((name) => filters[name]).length;
}

/** The submitted fields as filters: empty ones are left out, times leave the viewer's zone. */
export function readFilters(fields: FormData): HistoryFilters {
  const filters: Record<string, string> = {};
  for (const name of filterNames) {
    const text = String(fields.get(name) ?? '').trim();
    const value = name === 'from' || name === 'to' ? fromLocalInput(text) : text;
    if (value !== '') filters[name] = value;
  }
  return filters;
}

/** What a datetime-local field holds (`2026-07-29T16:03`, the viewer's zone) as ISO 8601; '' when it holds none. */
export function fromLocalInput(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** ISO 8601 as a datetime-local field wants it; '' when it is no time. */
export function toLocalInput(iso: string | undefined): string {
  const date = new Date(iso ?? '');
  if (Number.isNaN(date.getTime())) return '';
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, local.endsWith(':00.000Z') ? 16 : 19);
}
