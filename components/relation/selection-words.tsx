import { useDeferredValue, useMemo } from 'react';
import type { Arrangement } from '@/components/data-grid/arrangement';
import { columnKind } from '@/components/data-grid/column-type';
import type { Bounds } from '@/components/data-grid/grid-selection';
import { sumSelection } from '@/components/data-grid/selection-sum';
import { pickedInWords } from '@/components/data-grid/use-copy';
import { formatCount } from '@/components/ui/format';
import type { RowsPage } from '@/lib/api-types';
import type { Cell } from '@/lib/query-event';

export type SelectionWordsProps = {
  page: Pick<RowsPage, 'fields' | 'rows'>;
  /** The rows as they are shown, where changes wait. */
  rows: readonly Cell[][] | undefined;
  selected: Bounds;
  /** The fields of the columns as they are shown. */
  places: Arrangement['places'];
};

/** How many rows are selected, and what the numbers in a selection come to, exactly. */
export function SelectionWords({ page, rows = page.rows, selected, places }: SelectionWordsProps) {
  const bounds = useDeferredValue(selected);
  const found = useMemo(
    () => sumSelection(rows, bounds, { places, isNumber: (field) => isNumber(page, field) }),
    [page, rows, bounds, places],
  );
  const picked = pickedInWords(selected);
  if (picked === '' && found === null) return null;
  return (
    <div className="flex min-w-0 gap-x-3 max-md:flex-wrap">
      {picked === '' ? null : <p className="whitespace-nowrap font-medium">{picked}</p>}
      {found === null ? null : (
        <p role="status" aria-label="Selection" className="min-w-0 truncate text-ink-soft">
          {formatCount(found.numbers)} numbers · sum <span className="font-mono">{found.sum}</span> · average{' '}
          <span className="font-mono">{found.average}</span>
        </p>
      )}
    </div>
  );
}

function isNumber({ fields }: Pick<RowsPage, 'fields'>, column: number): boolean {
  const field = fields[column];
  return field !== undefined && columnKind(field) === 'number';
}
