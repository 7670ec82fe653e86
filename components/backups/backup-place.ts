import { encodeName } from '@/lib/names';

/** Which backups a page lists: those of one database, or all that the filter lets through; `after` is the page. */
export type BackupPlace = { after: string | null } & (
  | { kind: 'database'; server: string; database: string }
  | { kind: 'house'; server: string | null; database: string | null }
);

/** The query of the API for a page of a list. */
export function backupsQuery({ server, database }: BackupPlace, after: string | null): string {
  const given = Object.entries({ server, database, after }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return new URLSearchParams(given).toString();
}

/** The address of a page of a list. */
export function backupsPath(place: BackupPlace, after: string | null): string {
  if (place.kind === 'house') return withQuery('/backups', backupsQuery(place, after));
  const base = `/s/${encodeName(place.server)}/${encodeName(place.database)}/backups`;
  return withQuery(base, after === null ? '' : `after=${after}`);
}

function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}
