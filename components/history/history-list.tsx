import { History } from 'lucide-react';
import Link from 'next/link';
import { countFilters } from '@/components/filters/filters';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
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
          <RunTable items={page.items} />
        </RowKeys>
      )}
      <Paging filters={filters} next={page.next} isLaterPage={isLaterPage} />
    </>
  );
}

const wide = 'max-xl:hidden';

function RunTable({ items }: { items: readonly HistoryEntry[] }) {
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">Runs, newest first</caption>
      <thead>
        <tr className="h-7 border-line border-b text-left text-ink-faint text-sm [&>th]:px-2 [&>th]:font-medium [&>th:first-child]:pl-4 [&>th:last-child]:pr-4">
          <th scope="col" className="w-[98px]">
            Status
          </th>
          <th scope="col" className="w-[160px] max-md:hidden">
            Started
          </th>
          <th scope="col" className="w-[88px] max-md:hidden">
            User
          </th>
          <th scope="col" className="w-[162px] max-md:hidden">
            Server / database
          </th>
          <th scope="col" className={`w-[58px] ${wide}`}>
            Level
          </th>
          <th scope="col">SQL</th>
          <th scope="col" className="w-[88px] text-right max-md:hidden">
            Rows
          </th>
          <th scope="col" className="w-[80px] text-right max-md:hidden">
            Duration
          </th>
          <th scope="col" className={`w-[76px] ${wide}`}>
            Kind
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((entry) => (
          <HistoryRow key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

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

type PagingProps = { filters: HistoryFilters; next: string | null; isLaterPage: boolean };

function Paging({ filters, next, isLaterPage }: PagingProps) {
  if (!next && !isLaterPage) return null;
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2 px-4 py-3">
      {isLaterPage ? (
        <Link href={historyPath(filters)} className={buttonStyle('ghost')}>
          Newest
        </Link>
      ) : null}
      {next ? (
        <Link href={historyPath(filters, next)} rel="next" className={buttonStyle()}>
          Older runs
        </Link>
      ) : null}
    </nav>
  );
}
