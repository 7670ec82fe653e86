import type { CsvShape, ImportRefusal, ImportResult } from '@/lib/import-types';
import type { ErrorBody } from '@/lib/query-event';
import { relationEndpoint } from '../endpoint';
import type { RelationPlace } from '../rows-view';

/** What came of an import. */
export type Imported = ImportResult | ({ error: ErrorBody } & Partial<ImportRefusal>);

/**
 * Sends a file as it is; `onSent` hears how many bytes of it have left. By XMLHttpRequest, since fetch tells nothing of
 * that. Aborting ends the import on the server too.
 */
export function sendCsv(
  place: RelationPlace,
  { file, shape }: { file: File; shape: CsvShape },
  { signal, onSent }: { signal: AbortSignal; onSent: (bytes: number) => void },
): Promise<Imported> {
  const { delimiter, quote, encoding, has_header, columns } = shape;
  const query = new URLSearchParams({ delimiter, quote, encoding, header: String(has_header) });
  for (const column of columns) query.append('column', column ?? '');
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const failed = (code: string, message: string) =>
      resolve({ error: { code, message, hint: 'Nothing was brought in.' } });
    request.open('POST', `${relationEndpoint(place)}/import?${query}`);
    request.setRequestHeader('content-type', 'text/csv');
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onerror = () => failed('unreachable', 'Howdah did not answer.');
    request.onabort = () => failed('cancelled', 'You cancelled it.');
    request.onload = () => resolve(readAnswer(request));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function readAnswer({ status, responseText }: XMLHttpRequest): Imported {
  try {
    return JSON.parse(responseText) as Imported;
  } catch {
    return { error: { code: 'internal', message: `Howdah answered ${status}.` } };
  }
}
