/** The filters of a list, as its URL's parameters; `from` and `to` are ISO 8601 with zone. */
export type Filters<Name extends string> = { [name in Name]?: string };

/** A list that is filtered: its path, and the names of its filters in the order of its URL. */
export type FilterForm<Name extends string> = { base: string; names: readonly Name[] };

/** A list's path with these filters, from its newest entry or after one. */
export function filteredPath<Name extends string>(
  { base, names }: FilterForm<Name>,
  filters: Filters<Name>,
  after?: string,
): string {
  const params = new URLSearchParams();
  for (const name of names) if (filters[name]) params.set(name, filters[name]);
  if (after) params.set('after', after);
  return params.size === 0 ? base : `${base}?${params}`;
}

/** How many filters are in force. */
export function countFilters(filters: Filters<string>): number {
  return Object.values(filters).filter(Boolean).length;
}

/** The submitted fields as filters: empty ones are left out, times leave the viewer's zone. */
export function readFields<Name extends string>(
  { names }: FilterForm<Name>,
  fields: FormData,
): Filters<Name> {
  const filters: Filters<Name> = {};
  for (const name of names) {
    const text = String(fields.get(name) ?? '').trim();
    const value = isTime(name) ? fromLocalInput(text) : text;
    if (value !== '') filters[name] = value;
  }
  return filters;
}

/** Whether a filter is a moment. */
export function isTime(name: string): boolean {
  return name === 'from' || name === 'to';
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
