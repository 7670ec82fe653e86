import type { Level } from '@/lib/api-types';
import { encodeName } from '@/lib/names';
import { readNdjson } from '@/lib/ndjson';
import type { ErrorBody, QueryEvent } from '@/lib/query-event';

/** What is sent to be run. */
export type RunRequest = {
  sql: string;
  level: Level;
  max_rows: number;
  /** `<server>/<database>`, which the owner level demands. */
  confirm?: string;
};

/** What a run tells while it goes. Exactly one of `onRefused`, `onEnded` and `onLost` comes last. */
export type RunListener = {
  onAccepted: (scriptId: string | null) => void;
  onEvent: (event: QueryEvent) => void;
  onRefused: (error: ErrorBody) => void;
  onEnded: () => void;
  onLost: () => void;
};

/**
 * Runs a script and reports its events until the stream ends. Aborting the signal cancels the run on the server
 * and is silent here.
 */
export async function streamRun(
  place: { server: string; database: string },
  request: RunRequest,
  listener: RunListener,
  signal: AbortSignal,
): Promise<void> {
  try {
    const response = await fetch(queriesPath(place), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...request, kind: 'editor' }),
      signal,
    });
    if (!response.ok || !response.body) return listener.onRefused(await readError(response));
    listener.onAccepted(response.headers.get('howdah-query-id'));
    for await (const event of readNdjson<QueryEvent>(response.body)) {
      if (signal.aborted) return;
      listener.onEvent(event);
    }
    listener.onEnded();
  } catch {
    if (!signal.aborted) listener.onLost();
  }
}

/** Asks the server to cancel. Null when it will, or when the run is over already; else what stood in the way. */
export async function cancelRun(id: string): Promise<ErrorBody | null> {
  try {
    const response = await fetch(`/api/v1/queries/${encodeURIComponent(id)}`, { method: 'DELETE' });
    return response.ok || response.status === 409 ? null : await readError(response);
  } catch {
    return { code: 'unreachable', message: 'Howdah could not be reached.' };
  }
}

function queriesPath({ server, database }: { server: string; database: string }): string {
  return `/api/v1/servers/${encodeName(server)}/databases/${encodeName(database)}/queries`;
}

/** The error of an answer that is no stream; a proxy's page has none. */
async function readError(response: Response): Promise<ErrorBody> {
  const body: unknown = await response.json().catch(() => null);
  if (isErrorAnswer(body)) return body.error;
  return { code: 'internal', message: `Howdah answered with status ${response.status}.` };
}

function isErrorAnswer(body: unknown): body is { error: ErrorBody } {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}
