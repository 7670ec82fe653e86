import Link from 'next/link';
import { formatCount } from '@/components/ui/format';
import type { MigrationHistory } from '@/lib/api-types';
import { type MigrationView, viewQuery } from './filter';
import { Warnings } from './history-section';
import { toolNames } from './tool-words';

export type HistoryIndexProps = { histories: readonly MigrationHistory[]; view: MigrationView };

/** Many histories, a schema a tenant perhaps: a line each, which leads to the whole of it. */
export function HistoryIndex({ histories, view }: HistoryIndexProps) {
  return (
    <ul aria-label="Migration histories" className="rounded-lg border border-line bg-surface">
      {histories.map((history) => (
        <li
          key={history.table}
          className="relative flex min-h-8 flex-wrap items-center gap-x-3 border-line border-t px-3 py-1 first:border-t-0 focus-within:bg-accent-soft hover:bg-hover"
        >
          <span className="w-[76px]">{toolNames[history.tool]}</span>
          <Link
            href={viewQuery({ ...view, table: history.table })}
            prefetch={false}
            className="break-all font-mono text-sm outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
          >
            {history.table}
          </Link>
          {history.apps === undefined ? (
            <span className="break-words font-mono text-ink-soft text-sm">
              {history.current.slice(0, 3).join(', ')}
            </span>
          ) : null}
          <Warnings problems={history.problems} />
          <span className="ml-auto text-ink-soft">
            {history.applied === null ? 'not read' : `${formatCount(history.applied)} applied`}
          </span>
        </li>
      ))}
    </ul>
  );
}
