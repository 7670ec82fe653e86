import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useId } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { formatDuration, formatRows } from '@/components/ui/format';
import { Select } from '@/components/ui/input';
import type { RowsPage } from '@/lib/api-types';
import { ExactCount } from './exact-count';
import type { RowsSteps } from './rows-steps';
import { type RelationPlace, type RowsView, reshape, rowsParams } from './rows-view';

export type RowsFootProps = {
  place: RelationPlace;
  view: RowsView;
  page: RowsPage | null;
  steps: RowsSteps;
  onGo: (view: RowsView) => void;
  /** What the selected numbers come to. */
  sum: ReactNode;
  /** Shows what the selected row is tied to; null while none is selected. */
  onTies: (() => void) | null;
};

const limits = ['50', '100', '200', '500', '1000'] as const;
const defaultLimit = '100';

/** The way to other pages, how many rows there are, and where the page's read is recorded. */
export function RowsFoot({ place, view, page, steps, onGo, sum, onTies }: RowsFootProps) {
  const step = (name: keyof RowsSteps, label: string, icon: LucideIcon) => (
    <StepButton key={name} label={label} icon={icon} view={steps[name]} onGo={onGo} />
  );
  return (
    <footer className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-t bg-canvas px-2 py-1 text-sm md:px-3">
      <nav aria-label="Pages of rows" className="flex items-center">
        {step('first', 'First page', ChevronFirst)}
        {step('previous', 'Previous page', ChevronLeft)}
        {step('next', 'Next page', ChevronRight)}
        {step('last', 'Last page', ChevronLast)}
      </nav>
      {page ? (
        <p role="status" className="text-ink-soft">
          {rowsInWords(page)}
        </p>
      ) : null}
      {page && !isWhole(page) ? (
        <ExactCount key={rowsParams({ filter: view.filter }).toString()} place={place} filter={view.filter} />
      ) : null}
      <Button size="small" variant="ghost" disabled={onTies === null} onClick={() => onTies?.()}>
        Ties of the row
      </Button>
      <PageSize view={view} onGo={onGo} />
      {/* A line of its own where the room is narrow, be it empty: the grid keeps its height when something is selected. */}
      <div className="flex min-w-0 flex-1 basis-full items-center gap-x-3 md:min-h-5 2xl:basis-0">
        {sum}
        {page ? <Recorded page={page} /> : null}
      </div>
    </footer>
  );
}

/** How many rows a page holds; one that the URL names is on offer too. */
function PageSize({ view, onGo }: Pick<RowsFootProps, 'view' | 'onGo'>) {
  const id = useId();
  const current = view.limit ?? defaultLimit;
  const offered = limits.some((limit) => limit === current) ? limits : [current, ...limits];
  return (
    <div className="ml-auto flex shrink-0 items-center gap-1.5 whitespace-nowrap text-ink-soft max-md:hidden 2xl:order-last">
      <label htmlFor={id}>Rows a page</label>
      <span className="w-[72px]">
        <Select
          id={id}
          value={current}
          onChange={({ target }) => onGo(reshape(view, { limit: limitOf(target.value) }))}
        >
          {offered.map((limit) => (
            <option key={limit} value={limit}>
              {limit}
            </option>
          ))}
        </Select>
      </span>
    </div>
  );
}

type StepButtonProps = {
  label: string;
  icon: LucideIcon;
  view: RowsView | null;
  onGo: (view: RowsView) => void;
};

function StepButton({ label, icon: Icon, view, onGo }: StepButtonProps) {
  return (
    <IconButton label={label} title={label} disabled={view === null} onClick={() => view && onGo(view)}>
      <Icon aria-hidden />
    </IconButton>
  );
}

function Recorded({ page: { duration_ms: duration, query_id: id } }: { page: RowsPage }) {
  return (
    <p className="ml-auto whitespace-nowrap text-ink-soft max-md:hidden">
      {formatDuration(duration)} · recorded as{' '}
      <Link
        href={`/history/${id}`}
        prefetch={false}
        title={id}
        className="font-mono text-accent underline-offset-2 hover:underline"
      >
        {id.slice(-8)}
      </Link>
    </p>
  );
}

/** Whether the page holds every row that there is. */
function isWhole({ at_start: isAtStart, at_end: isAtEnd }: RowsPage): boolean {
  return isAtStart && isAtEnd;
}

function rowsInWords(page: RowsPage): string {
  const shown = formatRows(page.rows.length);
  if (isWhole(page)) return page.rows.length > 1 ? `All ${shown}` : shown;
  return page.estimated_rows === null ? shown : `${shown} of about ${formatRows(page.estimated_rows)}`;
}

/** The usual limit is not written into the URL. */
function limitOf(value: string): string | undefined {
  return value === defaultLimit ? undefined : value;
}
