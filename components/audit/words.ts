import type { Tone } from '@/components/ui/badge';
import type { AuditAction, AuditEntry, AuditKind } from '@/lib/audit-types';

/** What sort of event it is, in words. */
export const kindWords: Record<AuditKind, string> = {
  user: 'User action',
  system: 'System event',
  security: 'Security event',
};

export const resultWords: Record<AuditEntry['result'], string> = {
  started: 'Under way',
  succeeded: 'Succeeded',
  failed: 'Failed',
  refused: 'Refused',
  unknown: 'Unknown',
};

export const resultTones: Record<AuditEntry['result'], Tone> = {
  started: 'accent',
  succeeded: 'success',
  failed: 'danger',
  refused: 'warning',
  unknown: 'warning',
};

/** An action in words: `backup.take` is "Backup: take". */
export function actionWords(action: AuditAction): string {
  const [thing = '', verb = ''] = action.replaceAll('-', ' ').split('.');
  return `${thing.charAt(0).toUpperCase()}${thing.slice(1)}: ${verb}`;
}

/** What an event is about, in one line. */
export function subjectWords({ subject_kind, subject, server, database }: AuditEntry): string {
  const place = [server, database].filter(Boolean).join('/');
  const isSaid = subject === server || subject === database;
  return isSaid
    ? `${subject_kind} ${place}`
    : `${subject_kind} ${subject}${place === '' ? '' : ` on ${place}`}`;
}
