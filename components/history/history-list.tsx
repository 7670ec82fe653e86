import { History } from 'lucide-react';
import Link from 'next/link';
import { countFilters } from '@/components/filters/filters';
import { buttonStyle } from '@/components/ui/button';
import type { Column } from '@/components/ui/column-heads';
import { EmptyState } from '@/components/ui/empty-state';
import { ListTable } from '@/components/ui/list-table';
import { Paging } from '@/components/ui/paging';
import type { HistoryEntry, Page } from '@/lib/api-types';
import { type HistoryFilters, historyPath } from './filters';
import { type HistoryChoices, HistoryFilterBar } from './history-filter-bar';
import { HistoryRow } from './history-row';
import { RowKeys } from './row-keys';

export type HistoryListProps = {
  page: Page<HistoryEntry>;
  filters: HistoryFilters;
  choices: HistoryChoices;
  /** True when `?after=` is in the URL: an empty page is then the end, not an empty history. */
  isLaterPage?: boolean;
};

/** The query history, newest first: filters, one row a run, and the way to older ones. */
export function HistoryList({ page, filters, choices, isLaterPage = false }: HistoryListProps) {
  return (
    <>
      <HistoryFilterBar filters={filters} choices={choices} />
      {page.items.length === 0 ? (
        <NoRuns isFiltered={countFilters(filters) > 0} isLaterPage={isLaterPage} filters={filters} />
      ) : (
        <RowKeys>
          <ListTable caption="Runs, newest first" columns={columns}>
            {page.items.map((entry) => (
              <HistoryRow key={entry.id} entry={entry} />
            ))}
          </ListTable>
        </RowKeys>
      )}
      <Paging
        newest={isLaterPage ? historyPath(filters) : null}
        older={page.next === null ? null : historyPath(filters, page.next)}
        olderWords="Older runs"
      />
    </>
  );
}

const columns = [
  { name: 'Status', width: '98px' },
  { name: 'Started', width: '160px', from: 'md' },
  { name: 'User', width: '88px', from: 'md' },
  { name: 'Server / database', width: '162px', from: 'md' },
  { name: 'Level', width: '58px', from: 'xl' },
  { name: 'SQL' },
  { name: 'Rows', width: '88px', isNumber: true, from: 'md' },
  { name: 'Duration', width: '80px', isNumber: true, from: 'md' },
  { name: 'Kind', width: '76px', from: 'xl' },
] as const satisfies readonly Column[];

type NoRunsProps = { isFiltered: boolean; isLaterPage: boolean; filters: HistoryFilters };

function NoRuns({ isFiltered, isLaterPage, filters }: NoRunsProps) {
  if (isLaterPage) {
    return (
      <EmptyState title="No older runs">
        This is the end of the history.{' '}
        <Link href={historyPath(filters)} className="text-accent underline">
          Back to the newest
        </Link>
      </EmptyState>
    );
  }
  if (isFiltered) {
    const clear = (
      <Link href="/history" className={buttonStyle()}>
        Clear filters
      </Link>
    );
    return (
      <EmptyState title="No run matches these filters" action={clear} icon={<History />}>
        Widen the time, or look for fewer letters of the SQL.
      </EmptyState>
    );
  }
  const open = (
    <Link href="/" className={buttonStyle('primary')}>
      Choose a database
    </Link>
  );
  return (
    <EmptyState title="No runs yet" action={open} icon={<History />}>
      Every statement that someone runs is recorded here before PostgreSQL sees it: who, where, when, how
      long, and what came of it.
    </EmptyState>
  );
}
