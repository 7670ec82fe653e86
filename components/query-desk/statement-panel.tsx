import Link from 'next/link';
import { DataGrid } from '@/components/data-grid/data-grid';
import type { RowBuffer } from '@/components/data-grid/row-buffer';
import { useRowCount } from '@/components/data-grid/use-row-count';
import { ExportMenu } from '@/components/export/export-menu';
import { ExportStatus } from '@/components/export/export-status';
import { type Export, useExport } from '@/components/export/use-export';
import { formatDuration, formatRows } from '@/components/ui/format';
import { Notices } from './notices';
import { queryExport } from './query-export';
import type { StatementResult } from './run-state';
import { StatementError } from './statement-error';
import { mostRows } from './toolbar';
import { connectionLost, resultInWords } from './words';

export type StatementPanelProps = {
  result: StatementResult;
  buffer: RowBuffer;
  verb: string;
  onGoTo: (() => void) | undefined;
  onUse: ((sql: string) => void) | undefined;
  /** What to export; null where it can't be. */
  exported: Exported | null;
};

export type Exported = { server: string; database: string; sql: string };

/** All that one statement answered: its state, its notices, its error, its rows. */
export function StatementPanel({ result, buffer, verb, ...rest }: StatementPanelProps) {
  const rowCount = useRowCount(buffer);
  const exporting = useExport();
  const { fields, outcome, statement } = result;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <StatementLine {...{ result, rowCount, exporting }} exported={rest.exported} />
      <Notices notices={result.notices} noticeCount={result.noticeCount} />
      {outcome?.type === 'error' ? (
        <StatementError
          title={`Statement ${statement} failed`}
          error={outcome.error}
          onGoTo={rest.onGoTo}
          onUse={rest.onUse}
        />
      ) : null}
      {outcome?.type === 'cancelled' ? (
        <p className="border-line border-t p-3 text-ink-soft">The statement was cancelled.</p>
      ) : null}
      {outcome?.type === 'lost' ? (
        <p className="border-line border-t p-3 text-danger">{connectionLost}</p>
      ) : null}
      {fields ? (
        <div className="min-h-0 flex-1 border-line border-t">
          <DataGrid
            label={`Result of statement ${statement}`}
            fields={fields}
            rows={buffer.rows}
            rowCount={rowCount}
            cuts={buffer.cuts}
            emptyText={outcome ? 'No rows.' : 'No rows yet.'}
          />
        </div>
      ) : null}
      {!fields && outcome?.type === 'done' ? (
        <p className="border-line border-t p-3 font-mono text-ink">{resultInWords(result, verb, 0)}</p>
      ) : null}
      <ExportStatus running={exporting} />
    </div>
  );
}

type StatementLineProps = {
  result: StatementResult;
  rowCount: number;
  exported: Exported | null;
  exporting: Export;
};

function StatementLine({ result, rowCount, exported, exporting }: StatementLineProps) {
  const done = result.outcome?.type === 'done' ? result.outcome.done : null;
  return (
    <div className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-3 px-3 py-1 text-ink-soft text-sm">
      {done ? <span>{formatDuration(done.duration_ms)}</span> : null}
      {result.outcome ? null : <span>Running</span>}
      {done?.truncated ? (
        <span className="text-warning">
          First {formatRows(rowCount)}
          {rowCount < mostRows ? '; raise the limit to see more.' : ', the most that are sent.'}
        </span>
      ) : null}
      {exported ? (
        <ExportMenu
          what="All rows: the statement runs again, at the read level"
          onExport={(choice) => exporting.start(queryExport(exported, choice))}
        />
      ) : null}
      <span className="ml-auto">
        Recorded as{' '}
        <Link
          href={`/history/${result.id}`}
          prefetch={false}
          title={result.id}
          className="font-mono text-accent underline-offset-2 hover:underline"
        >
          {shortId(result.id)}
        </Link>
      </span>
    </div>
  );
}

/** The end of an id: UUIDv7 begins with the time, which neighbours share. */
function shortId(id: string): string {
  return id.slice(-8);
}
