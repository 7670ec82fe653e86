import type { Random } from './random';

/** A time from `start` up to, not including, `end`; all in milliseconds of Unix time. */
export function moment(random: Random, start: number, end: number): number {
  return random.between(start, end - 1);
}

/** As `timestamp` is written. The last three digits follow from the first, so that microseconds are seen. */
export function stamp(time: number): string {
  const micros = String((time * 7_919) % 1_000).padStart(3, '0');
  return new Date(time).toISOString().replace('T', ' ').replace('Z', micros);
}

/** As `timestamptz` is written. */
export function instant(time: number): string {
  return `${stamp(time)}+00`;
}

/** As `date` is written. */
export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
