import { Info, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RelationKind, RowsPage } from '@/lib/api-types';

export type RowsNotesProps = { page: RowsPage; kind: RelationKind };

/** What a reader must know about a page of rows to read it rightly: no key, columns that are not shown. */
export function RowsNotes({ page, kind }: RowsNotesProps) {
  const { key, hidden_columns: hidden } = page;
  const isWhole = page.at_start && page.at_end;
  return (
    <>
      {key === null && !isWhole ? <Note>{noKeyInWords(kind)}</Note> : null}
      {isBeyondReach(page) ? (
        <Note>
          Rows are counted off so far and no further: those behind come by a filter, or by an order from its
          other end.
        </Note>
      ) : null}
      {page.place && !page.place.is_exact ? (
        <Note>{placeWords[page.place.by]}: the place in all rows is approximate.</Note>
      ) : null}
      {hidden.length > 0 ? (
        <Note icon={Lock}>
          {hidden.length === 1 ? 'One column is' : `${hidden.length} columns are`} closed to the read level:{' '}
          <span className="font-mono">{hidden.join(', ')}</span>. {page.hidden_reason}
        </Note>
      ) : null}
    </>
  );
}

/** There are more rows, and no way on to them. */
function isBeyondReach({ at_start, at_end, next, previous }: RowsPage): boolean {
  return (!at_end && next === null) || (!at_start && previous === null);
}

const placeWords: Record<NonNullable<RowsPage['place']>['by'], string> = {
  statistics: 'Found by the statistics of the last ANALYZE',
  sample: 'Found by a sample of the rows',
  count: 'Found by counting',
};

function noKeyInWords(kind: RelationKind): string {
  if (kind === 'table' || kind === 'materialized_view') {
    return 'No primary key and no unique key without NULLs: nothing names a row. Pages follow the order of the file, where a row that is updated takes another place.';
  }
  return 'Nothing names a row here, so pages are counted off, up to 100,000 rows from an end: a row may come twice or not at all when others change meanwhile. A sort makes the order steadier.';
}

function Note({ icon: Icon = Info, children }: { icon?: typeof Info; children: ReactNode }) {
  return (
    <p className="flex shrink-0 items-start gap-2 border-line border-t px-4 py-1 text-ink-soft text-sm">
      <Icon aria-hidden className="mt-0.5 size-3 shrink-0 text-ink-faint" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </p>
  );
}
