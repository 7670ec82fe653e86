import { Bell } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { AlertEntry } from '@/lib/job-types';
import { encodeName } from '@/lib/names';
import { problemWords } from './problem-words';

/** What is wrong with backups, and what was: the open ones first. An alert resolves itself when its cause is gone. */
export function AlertList({ alerts }: { alerts: readonly AlertEntry[] }) {
  if (alerts.length === 0) {
    return (
      <EmptyState title="No alerts" icon={<Bell />}>
        A backup that fails, a schedule that is late, or a copy that no restore has proven for a week is told
        here.
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Alerts" className="border-line border-t">
      {alerts.map((alert) => (
        <AlertLine key={alert.id} alert={alert} />
      ))}
    </ul>
  );
}

function AlertLine({ alert }: { alert: AlertEntry }) {
  const { kind, server, database, message, raised_at, resolved_at, problem } = alert;
  const { label, tone } = problemWords[kind];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-2">
      <Badge tone={resolved_at === null ? tone : 'neutral'}>{label}</Badge>
      <Link
        href={`/s/${encodeName(server)}/${encodeName(database)}/backups`}
        className="font-mono text-sm hover:underline"
      >
        {server}/{database}
      </Link>
      <span className="min-w-0 flex-1 basis-[280px] break-words text-ink-soft">{message}</span>
      {problem === null ? null : (
        <span className="text-warning" title={problem}>
          Nobody could be told
        </span>
      )}
      <span className="text-ink-soft">
        <Time value={raised_at} />
        {resolved_at === null ? null : ', resolved'}
      </span>
    </li>
  );
}
