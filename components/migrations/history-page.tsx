import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state';
import type { MigrationHistories } from '@/lib/api-types';
import { type MigrationView, readView, shownItems, viewQuery } from './filter';
import { HistoryIndex } from './history-index';
import { HistorySection } from './history-section';
import { MigrationSearch } from './migration-search';
import { lookedFor, toolNames } from './tool-words';

/** Histories that are shown whole; of more, one is chosen. */
const wholeSections = 5;

export type HistoryPageProps = {
  histories: MigrationHistories;
  /** The page's own path, where its search goes. */
  path: string;
  query: Record<string, string | string[]>;
};

/** The migration histories of one database, or what was looked for where there is none. */
export function HistoryPage({ histories: { items, more }, path, query }: HistoryPageProps) {
  if (items.length === 0) return <NoHistories />;
  const view = readView(query);
  const shown = items
    .filter(({ table }) => view.table === '' || table === view.table)
    .filter((history) => view.q === '' || shownItems(history, view).length > 0);
  return (
    <div className="flex flex-col gap-3 px-4 pb-6">
      <MigrationSearch view={view} path={path} />
      {view.table !== '' && items.length > 1 ? (
        <Link href={viewQuery({ ...view, table: '', rows: 'some' })} className="w-fit text-accent underline">
          All {items.length} histories
        </Link>
      ) : null}
      {shown.length === 0 ? <NoMatch view={view} /> : null}
      {shown.length > wholeSections ? (
        <HistoryIndex histories={shown} view={view} />
      ) : (
        shown.map((history) => <HistorySection key={history.table} history={history} view={view} />)
      )}
      {more > 0 ? <p className="text-ink-soft">{more} more histories were found and not read.</p> : null}
    </div>
  );
}

function NoMatch({ view: { q } }: { view: MigrationView }) {
  return q === '' ? (
    <EmptyState title="This history is not here any more">Its table was dropped or renamed.</EmptyState>
  ) : (
    <EmptyState title={`No migration has “${q}” in its name`}>Look for fewer letters.</EmptyState>
  );
}

/** Which tables are looked for, so that nobody wonders why theirs is missing. */
function NoHistories() {
  return (
    <EmptyState title="No migration history in this database" icon={<ListChecks />}>
      <p>
        Howdah looks in every schema for the table that a migration tool keeps, by its columns. It appears
        here after the tool's first run.
      </p>
      <dl className="mt-4 grid grid-cols-[auto_auto] items-baseline gap-x-4 gap-y-1.5 text-left">
        {lookedFor.map(({ tool, table, columns }) => (
          <div key={tool} className="contents">
            <dt className="text-ink">{toolNames[tool]}</dt>
            <dd className="min-w-0 break-words font-mono text-sm">
              {table} <span className="text-ink-faint">({columns})</span>
            </dd>
          </div>
        ))}
      </dl>
    </EmptyState>
  );
}
