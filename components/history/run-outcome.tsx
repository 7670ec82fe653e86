import type { ReactNode } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { formatDuration, formatRows } from '@/components/ui/format';
import type { HistoryEntry } from '@/lib/api-types';

/** What came of a run, in a sentence; PostgreSQL's own words where it said some. */
export function RunOutcome({ entry }: { entry: HistoryEntry }) {
  const { status, sqlstate, message, rows, duration_ms } = entry;
  const after = duration_ms === null ? '' : ` after ${formatDuration(duration_ms)}`;
  switch (status) {
    case 'running':
      return <Note>PostgreSQL is still working on it. This page follows.</Note>;
    case 'succeeded':
      return <Note>{`Succeeded${after}${rows === null ? '' : ` with ${formatRows(rows)}`}.`}</Note>;
    case 'unknown':
      return (
        <Note>
          Howdah lost sight of this run (its process ended); the outcome was never recorded.
          {entry.level === 'read' ? '' : ' Whether its changes stand, only the database can tell.'}
        </Note>
      );
    case 'failed':
    case 'cancelled':
    case 'timeout':
      return (
        <ErrorState
          title={`${titles[status]}${after}`}
          cause={message}
          fix={fixes[status]}
          details={sqlstate ? { sqlstate } : undefined}
        />
      );
    default:
      return status satisfies never;
  }
}

const titles = {
  failed: 'This statement failed',
  cancelled: 'This run was cancelled',
  timeout: 'This run reached its time limit and was cancelled',
} as const;

const fixes = {
  failed: 'Open it in the editor, mend it and run it again.',
  cancelled: null,
  timeout: 'Ask for less, or look at its plan before it runs again.',
} as const;

function Note({ children }: { children: ReactNode }) {
  return <p className="max-w-[640px] text-pretty text-ink-soft">{children}</p>;
}
