'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { readProblem } from './call-api';

const everySecond = 1000;

export type Polled<T> = { value: T; problem: string | null; refresh: () => Promise<void> };

/**
 * What the API answers at `url`, from what the page came with: asked again every second (or `everyMs`) until `isOver` says that
 * nothing will change, and not while nobody looks. What a refreshed page brings takes its place, and the answer to a
 * question from before that is dropped. A failure is told and tried again.
 */
export function usePolled<T>(
  initial: T,
  url: string,
  isOver: (value: T) => boolean,
  everyMs = everySecond,
): Polled<T> {
  const [known, setKnown] = useState<Known<T>>({ initial, value: initial, problem: null });
  if (known.initial !== initial) setKnown({ initial, value: initial, problem: null });
  const refresh = async () => {
    const answer = await ask<T>(url);
    setKnown((before) => (before.initial === initial ? { ...before, ...answer } : before));
  };
  const askAgain = useEffectEvent(refresh);
  const over = isOver(known.value);
  useEffect(() => {
    if (over) return;
    let isAsking = false;
    const timer = setInterval(async () => {
      if (document.hidden || isAsking) return;
      isAsking = true;
      await askAgain();
      isAsking = false;
    }, everyMs);
    return () => clearInterval(timer);
  }, [over, everyMs]);
  return { value: known.value, problem: known.problem, refresh };
}

/** `initial` is what the page brought: another one begins anew. */
type Known<T> = { initial: T; value: T; problem: string | null };

/** Never rejects. Where there is a problem, what was known stays. */
async function ask<T>(url: string): Promise<{ value: T; problem: null } | { problem: string }> {
  try {
    const response = await fetch(url);
    if (!response.ok) return { problem: await readProblem(response) };
    return { value: (await response.json()) as T, problem: null };
  } catch {
    return { problem: 'Howdah does not answer; what is shown may be old.' };
  }
}
