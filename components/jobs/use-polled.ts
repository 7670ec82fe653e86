'use client';

import { useCallback, useEffect, useState } from 'react';
import { readProblem } from './call-api';

const EVERY_MS = 1000;

export type Polled<T> = { value: T; problem: string | null; refresh: () => Promise<void> };

/**
 * What the API answers at `url`, from what the page came with: asked again every second until `isOver` says that
 * nothing will change, and not while nobody looks. A failure is told and tried again.
 */
export function usePolled<T>(initial: T, url: string, isOver: (value: T) => boolean): Polled<T> {
  const [value, setValue] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(async () => {
    try {
      const response = await fetch(url);
      if (!response.ok) return setProblem(await readProblem(response));
      setValue((await response.json()) as T);
      setProblem(null);
    } catch {
      setProblem('Howdah does not answer; what is shown may be old.');
    }
  }, [url]);
  const over = isOver(value);
  useEffect(() => {
    if (over) return;
    let isAsking = false;
    const timer = setInterval(async () => {
      if (document.hidden || isAsking) return;
      isAsking = true;
      await refresh();
      isAsking = false;
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [over, refresh]);
  return { value, problem, refresh };
}
