import type { AuditEntry } from './audit-types';

const columns = [
  'at',
  'ended_at',
  'kind',
  'action',
  'result',
  'error_code',
  'user',
  'via',
  'subject_kind',
  'subject',
  'server',
  'database',
  'address',
  'user_agent',
  'detail',
  'id',
] as const satisfies readonly (keyof AuditEntry)[];

/** Events as lines of a file: JSON, or CSV under its header. */
export type AuditFormat = 'csv' | 'ndjson';

/** What stands above the first event. */
export function headOf(format: AuditFormat): string {
  return format === 'csv' ? `${columns.join(',')}\r\n` : '';
}

/** One event as a line. */
export function lineOf(entry: AuditEntry, format: AuditFormat): string {
  if (format === 'ndjson') return `${JSON.stringify(entry)}\n`;
  const cells = columns.map((name) => {
    const value = entry[name];
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? '');
  });
  return `${cells.map(quote).join(',')}\r\n`;
}

/** A spreadsheet would run what begins like a formula: an apostrophe before it makes it text. */
function quote(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
