import type { Tone } from '@/components/ui/badge';
import type { BackupProblem } from '@/lib/job-types';

/** A problem in words. */
export const problemWords: Record<BackupProblem, { label: string; tone: Tone; title: string }> = {
  missing: { label: 'No backup', tone: 'danger', title: 'There is no good backup of this database.' },
  failed: { label: 'Failed', tone: 'danger', title: 'The last try failed.' },
  late: { label: 'Late', tone: 'warning', title: 'A scheduled backup was not taken at its time.' },
  unproven: { label: 'Unproven', tone: 'warning', title: 'No restore has proven a backup within a week.' },
};
