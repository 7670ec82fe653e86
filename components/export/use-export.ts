import { useEffect, useRef, useState } from 'react';
import type { RunProgress } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import { askForTicket, download } from './download';
import type { ExportRequest } from './export-request';

/** How the last export goes or went; null before the first. `bytes` and `rows` are null where they are not known. */
export type ExportState =
  | { type: 'running'; id: string | null; rows: number | null; bytes: number | null; since: number }
  | { type: 'sent'; rows: number | null; bytes: number | null }
  | { type: 'failed'; error: ErrorBody };

/** How often the run is looked at, and how long it may take to be there, in milliseconds. */
const everyMs = 700;
const beginsWithinMs = 20_000;

/**
 * One export at a time: the browser downloads, the page looks at its run. Leaving the page leaves the download alone, which
 * belongs to the browser; cancelling here ends it on the server, so that it fails in the browser.
 */
export function useExport() {
  const [state, setState] = useState<ExportState | null>(null);
  const current = useRef<object>(null);
  useEffect(
    () => () => {
      current.current = null;
    },
    [],
  );

  const start = async (request: ExportRequest) => {
    const own = {};
    current.current = own;
    const since = Date.now();
    const show = (next: ExportState) => {
      if (current.current === own) setState(next);
      return current.current === own;
    };
    show({ type: 'running', id: null, rows: null, bytes: null, since });
    const asked = await askForTicket(request);
    if ('code' in asked) {
      show({ type: 'failed', error: asked });
      return;
    }
    if (current.current !== own) return;
    download(request.place, asked.ticket);
    for (;;) {
      const next = await lookAt(asked.id, since);
      if (!show(next) || next.type !== 'running') return;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  };

  const cancel = () => {
    if (state?.type !== 'running') return;
    if (state.id !== null) {
      void fetch(`/api/v1/queries/${state.id}`, { method: 'DELETE' }).catch(() => undefined);
      return;
    }
    current.current = null;
    setState(null);
  };

  return {
    state,
    start: (request: ExportRequest) => void start(request),
    cancel,
    dismiss: () => setState(null),
  };
}

export type Export = ReturnType<typeof useExport>;

/** What the history and PostgreSQL know of a run. One that is not there yet is on its way. */
async function lookAt(id: string, since: number): Promise<ExportState> {
  try {
    const response = await fetch(`/api/v1/queries/${id}`);
    if (response.ok) return stateOf((await response.json()) as RunProgress, since);
    const isLate = Date.now() - since > beginsWithinMs;
    if (response.status !== 404 || !isLate) return { type: 'running', id, rows: null, bytes: null, since };
    return { type: 'failed', error: notBegun };
  } catch {
    return { type: 'failed', error: unheard };
  }
}

function stateOf({ id, status, rows, bytes, message, sqlstate }: RunProgress, since: number): ExportState {
  if (status === 'running') return { type: 'running', id, rows, bytes, since };
  if (status === 'succeeded') return { type: 'sent', rows, bytes };
  const error = {
    code: status,
    message: message ?? 'How the export has ended is not known.',
    hint: 'The file in the browser is not whole: it is marked as failed.',
    sqlstate: sqlstate ?? undefined,
  };
  return { type: 'failed', error };
}

const notBegun: ErrorBody = {
  code: 'unreachable',
  message: 'The export did not begin.',
  hint: 'The server may be busy with other runs. Try again.',
};

const unheard: ErrorBody = {
  code: 'unreachable',
  message: 'Howdah does not answer.',
  hint: 'The list of downloads in the browser says how the export has ended.',
};
