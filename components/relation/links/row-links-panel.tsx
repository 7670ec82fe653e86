import Link from 'next/link';
import { type ReactNode, useEffect, useState } from 'react';
import { CellValue } from '@/components/data-grid/cell-value';
import { Panel } from '@/components/ui/panel';
import type { RowCount, RowsPage } from '@/lib/api-types';
import type { ErrorBody } from '@/lib/query-event';
import { formatCondition } from '../conditions';
import { countInWords, countRows } from '../count-rows';
import { ask, relationEndpoint } from '../endpoint';
import { type RelationPlace, rowsParams, rowsPath } from '../rows-view';
import type { RowLink, RowTies } from './row-links';

export type RowLinksPanelProps = RowTies & { place: RelationPlace; onClose: () => void };

/** What a row points at, shown by its first columns, and who points at it, counted; each leads there. */
export function RowLinksPanel({ place, to, from, onClose }: RowLinksPanelProps) {
  return (
    <Panel title="Ties of the row" onClose={onClose}>
      <h3 className="mb-1 text-ink-faint text-sm">It points at</h3>
      {to.length === 0 ? <p className="mb-3 text-ink-soft">No other row.</p> : null}
      {to.map((link) => (
        <Tied key={keyOf(link)} {...{ place, link }}>
          <Preview {...{ place, link }} />
        </Tied>
      ))}
      <h3 className="mt-3 mb-1 text-ink-faint text-sm">Rows that point at it</h3>
      {from.length === 0 ? <p className="text-ink-soft">No foreign key refers to this table.</p> : null}
      {from.map((link) => (
        <Tied key={keyOf(link)} {...{ place, link }}>
          <Count {...{ place, link }} />
        </Tied>
      ))}
    </Panel>
  );
}

type LinkProps = { place: RelationPlace; link: RowLink };

function Tied({ place, link, children }: LinkProps & { children: ReactNode }) {
  return (
    <div className="mb-2 rounded-md border border-line p-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Link
          href={rowsPath(placeOf(place, link), { filter: link.filter })}
          prefetch={false}
          className="font-mono text-accent underline-offset-2 hover:underline"
        >
          {link.schema}.{link.relation}
        </Link>
        <span className="text-ink-faint text-sm">by {link.columns.join(', ')}</span>
      </p>
      {children}
    </div>
  );
}

/** Columns of a row that are shown of it. */
const shownColumns = 8;

function Preview({ place, link }: LinkProps) {
  const page = useAsked<RowsPage>(keyOf(link), (signal) => {
    const query = rowsParams({ filter: link.filter, limit: '1' });
    return ask<RowsPage>(`${relationEndpoint(placeOf(place, link))}/rows?${query}`, { signal });
  });
  if (page === null) return <Wait />;
  if ('error' in page) return <Failed error={page.error} />;
  const [row] = page.rows;
  if (row === undefined) return <p className="text-ink-soft text-sm">There is no such row to see.</p>;
  return (
    <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-sm">
      {page.fields.slice(0, shownColumns).map(({ name }, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column of a result is its place
        <div key={column} className="contents">
          <dt className="text-ink-soft">{name}</dt>
          <dd className="flex min-w-0 font-mono">
            <CellValue value={row[column] ?? null} bytes={page.cut.find(([, at]) => at === column)?.[2]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Count({ place, link }: LinkProps) {
  const count = useAsked<RowCount>(keyOf(link), (signal) =>
    countRows(placeOf(place, link), link.filter, signal),
  );
  if (count === null) return <Wait />;
  if ('error' in count) return <Failed error={count.error} />;
  return <p className="text-sm">{countInWords(count.count)}</p>;
}

function Wait() {
  return <p className="text-ink-faint text-sm">Reading</p>;
}

function Failed({ error }: { error: ErrorBody }) {
  return <p className="text-danger text-sm [overflow-wrap:anywhere]">{error.message}</p>;
}

/** What is answered for a key; null while it is on its way. Asking for another, and leaving, cancel it. */
function useAsked<T>(key: string, request: (signal: AbortSignal) => Promise<T | { error: ErrorBody }>) {
  const [answer, setAnswer] = useState<{ key: string; value: T | { error: ErrorBody } } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the request does
  useEffect(() => {
    const abort = new AbortController();
    request(abort.signal).then(
      (value) => setAnswer({ key, value }),
      () => undefined,
    );
    return () => abort.abort();
  }, [key]);
  return answer?.key === key ? answer.value : null;
}

function placeOf({ server, database }: RelationPlace, { schema, relation }: RowLink): RelationPlace {
  return { server, database, schema, name: relation };
}

function keyOf({ schema, relation, columns, filter }: RowLink): string {
  return JSON.stringify([schema, relation, columns, filter.map(formatCondition)]);
}
