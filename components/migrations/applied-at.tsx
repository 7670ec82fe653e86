import { ClockFading } from 'lucide-react';
import { Time } from '@/components/ui/time';
import { isoOf } from './stored-time';

/** When a migration was applied: in the viewer's zone, or as stored where the column knows no zone. */
export function AppliedAt({ stored }: { stored: string | null }) {
  if (stored === null) return <span className="text-ink-faint">not recorded</span>;
  const iso = isoOf(stored);
  if (iso !== null) return <Time value={iso} stored={stored} />;
  return (
    <span
      title={`${stored}, stored without a time zone`}
      className="inline-flex items-center gap-1 whitespace-nowrap"
    >
      <NarrowHyphens text={stored.replace(/\.\d+$/, '')} />
      <ClockFading role="img" aria-label="without time zone" className="size-3 text-ink-faint" />
    </span>
  );
}

/** Tabular figures widen the hyphens of a date too; these go back. */
function NarrowHyphens({ text }: { text: string }) {
  const [, year, month, rest] = /^(\d+)-(\d\d)-(.*)$/.exec(text) ?? [];
  if (rest === undefined) return text;
  const hyphen = <span className="normal-nums">-</span>;
  return (
    <span>
      {year}
      {hyphen}
      {month}
      {hyphen}
      {rest}
    </span>
  );
}
