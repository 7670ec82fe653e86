import Link from 'next/link';
import { formatCount, formatDuration, formatRows } from '@/components/ui/format';
import { Time } from '@/components/ui/time';
import type { HistoryEntry } from '@/lib/api-types';
import { firstLine, kindWords, StatusBadge } from './run-words';

const wide = 'max-xl:hidden';

/** One run as a row, which is a link as a whole; on a phone the small facts stand under the SQL. */
export function HistoryRow({ entry }: { entry: HistoryEntry }) {
  const line = firstLine(entry.sql);
  return (
    <tr className="relative h-7 border-line border-b focus-within:bg-accent-soft hover:bg-hover [&>td]:overflow-hidden [&>td]:text-ellipsis [&>td]:whitespace-nowrap [&>td]:px-2 [&>td:first-child]:pl-4 [&>td:last-child]:pr-4">
      <td className="max-md:py-1.5 max-md:align-top">
        <StatusBadge status={entry.status} />
      </td>
      <td className="text-ink-soft max-md:hidden">
        <Time value={entry.started_at} />
      </td>
      <td className="max-md:hidden">{entry.user}</td>
      <td className="font-mono text-sm max-md:hidden" title={`${entry.server}/${entry.database}`}>
        {entry.server}
        <span className="text-ink-faint">/</span>
        {entry.database}
      </td>
      <td className={`text-ink-soft ${wide}`}>{entry.level}</td>
      <td className="max-md:py-1.5">
        <Link
          data-row
          href={`/history/${entry.id}`}
          className="font-mono text-sm outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
        >
          {line === '' ? <span className="text-ink-faint">no text</span> : line}
        </Link>
        <SmallFacts entry={entry} />
      </td>
      <td className="text-right max-md:hidden">{entry.rows === null ? <None /> : formatCount(entry.rows)}</td>
      <td className="text-right max-md:hidden">
        {entry.duration_ms === null ? <None /> : formatDuration(entry.duration_ms)}
      </td>
      <td className={`text-ink-soft ${wide}`}>{kindWords[entry.kind]}</td>
    </tr>
  );
}

function SmallFacts({ entry }: { entry: HistoryEntry }) {
  const facts = [
    entry.user,
    `${entry.server}/${entry.database}`,
    entry.duration_ms === null ? null : formatDuration(entry.duration_ms),
    entry.rows === null ? null : formatRows(entry.rows),
  ];
  return (
    <div className="flex flex-wrap gap-x-2 text-ink-soft text-sm md:hidden">
      <Time value={entry.started_at} />
      {facts.map((fact) => (fact === null ? null : <span key={fact}>{fact}</span>))}
    </div>
  );
}

function None() {
  return <span className="text-ink-faint">–</span>;
}
