import type { Page, RelationSummary, SchemaSummary } from '@/lib/api-types';
import { encodeName } from '@/lib/names';
import type { ErrorBody } from '@/lib/query-event';
import type { DatabasePlace } from '../shell/place';

/** How many relations one request asks for. */
const pageSize = 1_000;

export type RelationsQuery = { q?: string; schema?: string; after?: string; limit?: number };

/** A page of a database's relations, or what stood in the way. Never throws. */
export function fetchRelations(
  place: DatabasePlace,
  { q, schema, after, limit = pageSize }: RelationsQuery,
  signal?: AbortSignal,
): Promise<Page<RelationSummary> | { error: ErrorBody }> {
  const params = new URLSearchParams({ limit: String(limit) });
  for (const [name, value] of Object.entries({ q, schema, after })) if (value) params.set(name, value);
  return fetchList<RelationSummary>(place, `relations?${params}`, signal);
}

/** The names of a database's schemas, PostgreSQL's own left out. Never throws. */
export async function fetchSchemas(
  place: DatabasePlace,
  signal?: AbortSignal,
): Promise<string[] | { error: ErrorBody }> {
  const list = await fetchList<SchemaSummary>(place, 'schemas', signal);
  if ('error' in list) return list;
  return list.items.filter(({ is_system: isSystem }) => !isSystem).map(({ name }) => name);
}

async function fetchList<T>(
  { server, database }: DatabasePlace,
  list: string,
  signal: AbortSignal | undefined,
): Promise<Page<T> | { error: ErrorBody }> {
  try {
    const path = `/api/v1/servers/${encodeName(server)}/databases/${encodeName(database)}/${list}`;
    const response = await fetch(path, { signal });
    const body = (await response.json()) as Partial<Page<T>> & { error?: ErrorBody };
    if (response.ok && body.items) return { items: body.items, next: body.next ?? null };
    return { error: body.error ?? { code: 'internal', message: `Howdah answered ${response.status}.` } };
  } catch {
    return { error: { code: 'unreachable', message: 'Howdah did not answer.', hint: 'Try again.' } };
  }
}
