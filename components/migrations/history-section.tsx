import { ArrowDownUp, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { formatCount } from '@/components/ui/format';
import type { MigrationHistory } from '@/lib/api-types';
import { AppGroups } from './app-groups';
import { AppliedAt } from './applied-at';
import { CommandList } from './command-list';
import { type MigrationView, shownItems, viewQuery } from './filter';
import { MigrationTable } from './migration-table';
import { ProblemList } from './problem-list';
import { commandsOf, toolNames } from './tool-words';

/** Rows that are shown unless all are asked for. */
const someRows = 500;

export type HistorySectionProps = {
  history: MigrationHistory;
  view: MigrationView;
  /** The commands are of use only where somebody runs them: not for the store. */
  hasCommands?: boolean;
};

/** One history: its problems, what is current, what was applied when, and what only the project can tell. */
export function HistorySection({ history, view, hasCommands = true }: HistorySectionProps) {
  return (
    <details open className="group/section rounded-lg border border-line bg-surface">
      <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 hover:bg-hover group-open/section:border-line group-open/section:border-b">
        <ChevronRight
          aria-hidden
          className="size-3.5 shrink-0 text-ink-faint transition-transform group-open/section:rotate-90"
        />
        <h2 className="flex min-w-0 flex-wrap items-baseline gap-x-2 font-semibold">
          {toolNames[history.tool]}
          <span className="break-all font-mono font-normal text-ink-soft text-sm">{history.table}</span>
        </h2>
        <Warnings problems={history.problems} />
        <span className="ml-auto text-ink-soft">
          {history.applied === null ? 'not read' : `${formatCount(history.applied)} applied`}
        </span>
      </summary>
      <ProblemList problems={history.problems} />
      <Facts history={history} />
      <Migrations history={history} view={view} />
      <div className="flex flex-col gap-3 border-line border-t px-3 py-3">
        <p className="max-w-[820px] text-ink-soft">{history.note}</p>
        {hasCommands ? <CommandList commands={commandsOf(history)} /> : null}
      </div>
    </details>
  );
}

/** How many warnings there are, if any. */
export function Warnings({ problems }: Pick<MigrationHistory, 'problems'>) {
  const count = problems.filter(({ severity }) => severity === 'warning').length;
  if (count === 0) return null;
  return <Badge tone="warning">{count === 1 ? '1 warning' : `${count} warnings`}</Badge>;
}

function Facts({ history }: { history: MigrationHistory }) {
  const { current, apps, last_applied_at: last, applied } = history;
  if (applied === null || applied === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 px-3 py-2.5">
      <div>
        <dt className="text-ink-faint text-sm">
          {current.length === 1 || apps !== undefined ? 'Current' : 'Current, several'}
        </dt>
        <dd>
          {apps === undefined ? (
            <ul className="flex flex-wrap gap-x-3 font-mono text-sm leading-5">
              {current.map((id) => (
                <li key={id}>{id}</li>
              ))}
            </ul>
          ) : (
            `one for each of ${formatCount(apps.length)} ${apps.length === 1 ? 'app' : 'apps'}`
          )}
        </dd>
      </div>
      <div>
        <dt className="text-ink-faint text-sm">Last applied</dt>
        <dd>
          <AppliedAt stored={last} />
        </dd>
      </div>
    </dl>
  );
}

function Migrations({ history, view }: { history: MigrationHistory; view: MigrationView }) {
  if (history.items.length === 0) return null;
  const found = shownItems(history, view);
  const items = view.rows === 'all' ? found : found.slice(0, someRows);
  const isNewest = view.order === 'newest';
  return (
    <div className="border-line border-t">
      <div className="flex h-7 items-center justify-between bg-sunken px-3 text-ink-soft text-sm">
        <span>{history.apps === undefined ? 'Migrations' : 'Migrations by app'}</span>
        <Link
          href={viewQuery({ ...view, order: isNewest ? 'oldest' : 'newest' })}
          scroll={false}
          className="inline-flex items-center gap-1 hover:text-ink"
        >
          <ArrowDownUp aria-hidden className="size-3" />
          {isNewest ? 'Newest first' : 'Oldest first'}
        </Link>
      </div>
      {history.apps === undefined ? (
        <MigrationTable caption={`Migrations in ${history.table}`} items={items} current={history.current} />
      ) : (
        <AppGroups apps={history.apps} items={items} isOpen={view.q !== ''} />
      )}
      {items.length < found.length ? (
        <p className="border-line border-t px-3 py-1 text-ink-soft">
          {items.length} of {formatCount(found.length)} are shown.{' '}
          <Link
            href={viewQuery({ ...view, table: history.table, rows: 'all' })}
            className="text-accent underline"
          >
            Show all
          </Link>
        </p>
      ) : null}
    </div>
  );
}
