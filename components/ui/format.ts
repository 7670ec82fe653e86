/** Numbers as people read them. Pure, so that server and browser write the same. */

const sizes = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A size as `pg_size_pretty` names it (1 kB is 1024 bytes), with one decimal below ten. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  let value = bytes / 1024;
  let step = 0;
  while (value >= 1023.5 && step < sizes.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = value < 9.95 && step > 0 ? 1 : 0;
  return `${value.toFixed(digits)} ${sizes[step]}`;
}

/** A duration from milliseconds: `0.4 ms`, `312 ms`, `4.21 s`, `3 min 12 s`, `2 h 5 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 9.95) return `${Number(milliseconds.toFixed(1))} ms`;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_995) return `${(milliseconds / 1000).toFixed(2)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A whole number in groups of three: `1,234,567`. */
export function formatCount(count: number): string {
  return String(Math.trunc(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count with its noun: `1 row`, `12 rows`. */
export function formatRows(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;
}

const two = (part: number) => String(part).padStart(2, '0');

/** `2026-07-29 16:03:11` in the zone of whoever runs this. */
export function formatLocalTime(date: Date): string {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `2026-07-29 16:03:11` in a zone of the IANA database. */
export function formatZonedTime(date: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(date);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}:${of('second')}`;
}

/** `2026-07-29 14:03:11 UTC`: what a page shows before the browser has told its zone. */
export function formatUtcTime(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
