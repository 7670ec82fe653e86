'use client';

import { useSyncExternalStore } from 'react';
import { formatLocalTime, formatUtcTime, formatZonedTime } from './format';
import { useZone } from './zone';

const never = () => () => undefined;

export type TimeProps = {
  value: string;
  /** The text to show on hover, where it is not `value`. */
  stored?: string;
  className?: string;
};

/**
 * A moment in the viewer's zone, with the stored ISO 8601 text on hover. Where the viewer has chosen no zone, the
 * server writes UTC and says so; the browser replaces it right after hydration.
 */
export function Time({ value, stored = value, className }: TimeProps) {
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const zone = useZone();
  const date = new Date(value);
  const isValid = !Number.isNaN(date.getTime());
  return (
    <time dateTime={isValid ? value : undefined} title={stored} className={className}>
      {isValid ? withNarrowHyphens(inZone(date, zone, isBrowser)) : value}
    </time>
  );
}

function inZone(date: Date, zone: string | null, isBrowser: boolean): string {
  if (zone !== null) return formatZonedTime(date, zone);
  return isBrowser ? formatLocalTime(date) : formatUtcTime(date);
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
