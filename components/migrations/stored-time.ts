/** A stored time as ISO 8601 for a browser; null for one without a zone, or that is no time at all. */
export function isoOf(stored: string): string | null {
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,3})?\d*(Z|[+-]\d\d(?::?\d\d)?)$/.exec(stored);
  if (parts === null) return null;
  const [, day, time, fraction = '', zone = 'Z'] = parts;
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const iso = `${day}T${time}${fraction}${offset}`;
  return Number.isNaN(new Date(iso).getTime()) ? null : iso;
}
