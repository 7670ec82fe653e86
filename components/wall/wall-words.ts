import type { Tone } from '@/components/ui/badge';
import type { GapSeverity, LevelReport, StepResult } from '@/lib/wall-types';

/** A verdict in words, and its colour. */
export const verdictWords = {
  enforced: { word: 'Enforced by PostgreSQL', tone: 'success' },
  gaps: { word: 'Enforced, with gaps', tone: 'warning' },
  absent: { word: 'Does not exist here', tone: 'danger' },
} as const satisfies Record<LevelReport['verdict'], { word: string; tone: Tone }>;

/** How much a finding matters. */
export const severityWords = {
  breach: { word: 'Breach', tone: 'danger' },
  gap: { word: 'Gap', tone: 'warning' },
  note: { word: 'Note', tone: 'neutral' },
} as const satisfies Record<GapSeverity, { word: string; tone: Tone }>;

/** What came of a step. */
export const stepWords = {
  done: { word: 'Done', tone: 'success' },
  failed: { word: 'Failed', tone: 'danger' },
  skipped: { word: 'Skipped', tone: 'neutral' },
} as const satisfies Record<StepResult['status'], { word: string; tone: Tone }>;

/** A level as a heading. */
export const levelWords = { read: 'Read level', write: 'Write level' } as const;
