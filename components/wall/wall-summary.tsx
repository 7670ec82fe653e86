import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { encodeName } from '@/lib/names';
import type { WallReport } from '@/lib/wall-types';
import { levelWords, verdictWords } from './wall-words';

export type WallSummaryProps = {
  server: string;
  report: WallReport;
  /** Whether the reader may go on to the details. */
  isOpen: boolean;
};

/** Each level's verdict in a line, with the reason where a level does not exist. */
export function WallSummary({ server, report, isOpen }: WallSummaryProps) {
  return (
    <section aria-label="Wall" className="flex flex-col gap-1 px-4 pb-3">
      {report.levels.map(({ level, verdict, reason }) => (
        <p key={level} className="flex flex-wrap items-center gap-2">
          <span className="w-24">{levelWords[level]}</span>
          <Badge tone={verdictWords[verdict].tone}>{verdictWords[verdict].word}</Badge>
          {reason ? <span className="text-ink-soft [overflow-wrap:anywhere]">{reason}</span> : null}
        </p>
      ))}
      {isOpen ? (
        <Link
          href={`/s/${encodeName(server)}/wall`}
          className="w-fit text-accent underline underline-offset-2"
        >
          {report.levels.length > 0 ? 'What was tried, and what is withheld' : 'The wall was not tried yet'}
        </Link>
      ) : null}
    </section>
  );
}
