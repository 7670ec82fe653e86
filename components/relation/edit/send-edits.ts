import type { EditConflict, EditPreview, EditResult, RowChange } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import { ask, relationEndpoint } from '../endpoint';
import type { RelationPlace } from '../rows-view';

/** What came of it; `conflict` says which change it was, where one was. */
export type Refused = { error: ErrorBody; conflict?: EditConflict };

/** What the changes would do, as SQL and in numbers. Throws only when aborted. */
export function previewEdits(
  place: RelationPlace,
  changes: RowChange[],
  signal: AbortSignal,
): Promise<EditPreview | Refused> {
  return send<EditPreview>(place, { changes, dry_run: true }, signal);
}

/** Makes all the changes or none. */
export function applyEdits(place: RelationPlace, changes: RowChange[]): Promise<EditResult | Refused> {
  return send<EditResult>(place, { changes }, new AbortController().signal);
}

function send<T extends object>(
  place: RelationPlace,
  body: object,
  signal: AbortSignal,
): Promise<T | Refused> {
  return ask<T>(`${relationEndpoint(place)}/edits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
}
