'use client';

import { useSyncExternalStore } from 'react';
import { formatLocalTime, formatUtcTime } from './format';

const never = () => () => undefined;

export type TimeProps = {
  value: string;
  /** The text to show on hover, where it is not `value`. */
  stored?: string;
  className?: string;
};

/**
 * A moment in the viewer's zone, with the stored ISO 8601 text on hover. The server, which knows no zone,
 * writes UTC and says so; the browser replaces it right after hydration.
 */
export function Time({ value, stored = value, className }: TimeProps) {
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const date = new Date(value);
  const isValid = !Number.isNaN(date.getTime());
  return (
    <time dateTime={isValid ? value : undefined} title={stored} className={className}>
      {isValid ? withNarrowHyphens(isBrowser ? formatLocalTime(date) : formatUtcTime(date)) : value}
    </time>
  );
}

/** Inter's tabular figures widen the hyphen too, and a date falls apart; only the hyphens go back. */
function withNarrowHyphens(text: string) {
  const hyphen = <span className="normal-nums">-</span>;
  const [year, month, rest] = text.split('-');
  return (
    <>
      {year}
      {hyphen}
      {month}
      {hyphen}
      {rest}
    </>
  );
}
