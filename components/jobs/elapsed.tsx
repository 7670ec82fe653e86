'use client';

import { useSyncExternalStore } from 'react';
import { formatDuration } from '@/components/ui/format';

const EVERY_MS = 1000;

function subscribe(tick: () => void): () => void {
  const timer = setInterval(tick, EVERY_MS);
  return () => clearInterval(timer);
}

const now = () => Math.floor(Date.now() / EVERY_MS) * EVERY_MS;

export type ElapsedProps = { from: string; to: string | null };

/** The time from a moment to another, or to now. The server, whose clock stands still on a page, leaves it out. */
export function Elapsed({ from, to }: ElapsedProps) {
  const current = useNow();
  if (to !== null) return formatDuration(Math.max(0, Date.parse(to) - Date.parse(from)));
  return current === null ? null : formatSeconds(current - Date.parse(from));
}

export type RemainingProps = { from: string; progress: number | null };

/** Below this share an estimate would be a guess. */
const LEAST_SHARE = 0.05;

/** How long it will still take if it goes on as it did; nothing while that would be a guess. */
export function Remaining({ from, progress }: RemainingProps) {
  const current = useNow();
  if (current === null || progress === null || progress < LEAST_SHARE) return null;
  const elapsed = Math.max(0, current - Date.parse(from));
  return `about ${formatSeconds((elapsed * (1 - progress)) / progress)} left`;
}

function useNow(): number | null {
  return useSyncExternalStore(subscribe, now, () => null);
}

function formatSeconds(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
}
