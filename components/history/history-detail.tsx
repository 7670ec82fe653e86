import { SquarePen } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { buttonStyle } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import type { HistoryEntry } from '@/lib/api-types';
import { encodeName } from '@/lib/names';
import { CancelRun } from './cancel-run';
import { RunFacts } from './run-facts';
import { RunOutcome } from './run-outcome';
import { kindWords, StatusBadge } from './run-words';

export type HistoryDetailProps = {
  entry: HistoryEntry;
  /** Whether the viewer may cancel it while it runs. */
  canCancel?: boolean;
};

/** One run: its status, its SQL, what came of it, and every fact that was recorded. */
export function HistoryDetail({ entry, canCancel = true }: HistoryDetailProps) {
  const where = `${entry.server}/${entry.database}`;
  return (
    <article className="flex max-w-[920px] flex-col gap-4 p-4">
      <header className="flex flex-wrap items-center gap-2">
        <h1 className="font-semibold text-lg">
          Run on <span className="font-mono text-base">{where}</span>
        </h1>
        <StatusBadge status={entry.status} />
        <Badge>{kindWords[entry.kind]}</Badge>
      </header>
      {entry.status === 'running' ? <CancelRun id={entry.id} where={where} canCancel={canCancel} /> : null}
      <RunOutcome entry={entry} />
      <Statement entry={entry} />
      <RunFacts entry={entry} />
    </article>
  );
}

function Statement({ entry }: { entry: HistoryEntry }) {
  const editor = `/s/${encodeName(entry.server)}/${encodeName(entry.database)}/query?history=${entry.id}`;
  return (
    <section aria-labelledby="sql" className="overflow-hidden rounded-lg border border-line bg-surface">
      <header className="flex h-9 items-center gap-1 border-line border-b pr-1.5 pl-3">
        <h2 id="sql" className="flex-1 font-medium">
          SQL
        </h2>
        <CopyButton text={entry.sql} label="Copy SQL" hasText />
        <Link href={editor} className={buttonStyle('secondary', 'small')}>
          <SquarePen aria-hidden />
          Open in editor
        </Link>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long SQL scrolls, so the keyboard must reach it */}
      <pre tabIndex={0} className="max-h-[50vh] overflow-auto p-3 font-mono text-sm leading-5">
        {entry.sql}
      </pre>
    </section>
  );
}
