import { useEffect, useRef, useState } from 'react';
import type { ErrorBody } from '@/lib/query-event';
import { saveFile } from './save-file';

/** How the last export goes or went; null before the first. */
export type ExportState =
  | { type: 'running'; bytes: number; since: number }
  | { type: 'saved'; bytes: number }
  | { type: 'failed'; error: ErrorBody };

/** Draws the bytes so far no more often than this, in milliseconds. */
const drawEveryMs = 150;

/** One export at a time. Cancelling and leaving the page end it on the server too. */
export function useExport() {
  const [state, setState] = useState<ExportState | null>(null);
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const start = async (url: string, init: RequestInit = {}) => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    const since = Date.now();
    let bytes = 0;
    let drawn = 0;
    setState({ type: 'running', bytes, since });
    const onProgress = (now: number) => {
      bytes = now;
      if (Date.now() - drawn < drawEveryMs || controller.signal.aborted) return;
      drawn = Date.now();
      setState({ type: 'running', bytes, since });
    };
    try {
      const error = await saveFile(url, { ...init, signal: controller.signal }, onProgress);
      if (!controller.signal.aborted) setState(error ? { type: 'failed', error } : { type: 'saved', bytes });
    } catch {
      if (abort.current === controller) setState(null);
    }
  };

  return { state, start, cancel: () => abort.current?.abort(), dismiss: () => setState(null) };
}

export type Export = ReturnType<typeof useExport>;
