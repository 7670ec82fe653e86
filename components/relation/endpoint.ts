import type { RowsPage } from '@/lib/api-types';
import { encodeName } from '@/lib/names';
import type { ErrorBody } from '@/lib/query-event';
import type { RelationPlace } from './rows-view';

/** A relation in the API. */
export function relationEndpoint({ server, database, schema, name }: RelationPlace): string {
  const place = `/api/v1/servers/${encodeName(server)}/databases/${encodeName(database)}`;
  return `${place}/relations/${encodeName(schema)}/${encodeName(name)}`;
}

/** Where the whole of a cut cell of a page is; null where nothing names its row. */
export function cellHref(
  place: RelationPlace,
  { fields, cut_rows }: Pick<RowsPage, 'fields' | 'cut_rows'>,
  row: number,
  column: number,
): string | null {
  const word = cut_rows.find(([at]) => at === row)?.[1];
  const name = fields[column]?.name;
  if (word === undefined || name === undefined) return null;
  return `${relationEndpoint(place)}/cell?${new URLSearchParams({ row: word, column: name })}`;
}

/** Asks the API; aborting cancels on the server. Throws only when aborted. */
export async function ask<T extends object>(
  url: string,
  init: RequestInit,
): Promise<T | { error: ErrorBody }> {
  try {
    const response = await fetch(url, init);
    const body = (await response.json()) as T | { error: ErrorBody };
    if (response.ok || 'error' in body) return body;
    return { error: { code: 'internal', message: `Howdah answered ${response.status}.` } };
  } catch (error) {
    if (init.signal?.aborted) throw error;
    return { error: { code: 'unreachable', message: 'Howdah did not answer.', hint: 'Try again.' } };
  }
}
