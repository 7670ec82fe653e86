import type { CsvShape, ImportRefusal, ImportResult } from '@/lib/import-types';
import type { ErrorBody } from '@/lib/query-event';
import { relationEndpoint } from '../endpoint';
import type { RelationPlace } from '../rows-view';

/** What came of an import; `isUnknown` where the answer was lost once all of the file had been sent: it may stand. */
export type Imported = ImportResult | ({ error: ErrorBody; isUnknown?: boolean } & Partial<ImportRefusal>);

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
    let isSent = false;
    const failed = (code: string, message: string) =>
      resolve({ error: { code, message, hint: isSent ? unknownEnd : nothing }, isUnknown: isSent });
    request.open('POST', `${relationEndpoint(place)}/import?${query}`);
    request.setRequestHeader('content-type', 'text/csv');
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.upload.onload = () => {
      isSent = true;
    };
    request.onerror = () => failed('unreachable', 'Howdah did not answer.');
    request.onabort = () => failed('cancelled', 'You cancelled it.');
    request.onload = () => resolve(readAnswer(request));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

const nothing = 'Not all of the file had been sent, so that none of its rows is in the table.';
const unknownEnd =
  'All of the file had been sent by then: the history says whether its rows stand, as the table does once it is read again.';

function readAnswer({ status, responseText }: XMLHttpRequest): Imported {
  try {
    return JSON.parse(responseText) as Imported;
  } catch {
    return { error: { code: 'internal', message: `Howdah answered ${status}.` } };
  }
}
