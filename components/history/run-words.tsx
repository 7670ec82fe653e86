import { Badge, type Tone } from '@/components/ui/badge';
import type { RunKind, RunStatus } from '@/lib/api-types';

const tones: Record<RunStatus, Tone> = {
  running: 'accent',
  succeeded: 'success',
  failed: 'danger',
  cancelled: 'neutral',
  timeout: 'warning',
  unknown: 'warning',
};

/** A run's status in words. */
export const statusWords: Record<RunStatus, string> = {
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
  timeout: 'Timed out',
  unknown: 'Unknown',
};

/** Where a run came from, in words. */
export const kindWords: Record<RunKind, string> = {
  editor: 'Editor',
  grid: 'Grid',
  browse: 'Browse',
  explain: 'Explain',
  dry_run: 'Dry run',
  export: 'Export',
  import: 'Import',
  api: 'API',
  schedule: 'Schedule',
};

/** A run's status as a badge. */
export function StatusBadge({ status }: { status: RunStatus }) {
  return <Badge tone={tones[status]}>{statusWords[status]}</Badge>;
}

/** The first line of a statement that says something, for a row of a list. */
export function firstLine(sql: string): string {
  const lines = sql.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => line !== '' && !line.startsWith('--')) ?? lines.find((line) => line !== '') ?? ''
  );
}
