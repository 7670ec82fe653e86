import { CellValue } from '@/components/data-grid/cell-value';
import { Button } from '@/components/ui/button';
import type { ShownCell } from '@/lib/api-types';
import type { Cell } from '@/lib/query-event';
import { assigned, type StagedChange, textOf } from './staged';

export type ConflictViewProps = {
  change: StagedChange;
  /** The row as it is now; null where it has gone. */
  theirs: readonly ShownCell[] | null;
  onDrop: () => void;
  onOverwrite: () => void;
};

/** Both versions of a row that somebody else has changed, column by column, and the choice between them. */
export function ConflictView({ change, theirs, onDrop, onOverwrite }: ConflictViewProps) {
  return (
    <section aria-label="Conflict" className="mb-3 rounded-md border border-line p-2">
      {theirs === null ? (
        <p>The row is not there any more.</p>
      ) : (
        <table className="w-full text-left text-sm">
          <thead className="text-ink-soft">
            <tr>
              {['Column', 'As you saw it', 'As it is now', 'Your change'].map((title) => (
                <th key={title} scope="col" className="px-1 py-0.5 font-medium">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {theirs
              .filter((cell) => isTold(change, cell))
              .map((now) => (
                <tr key={now.column} className="border-line border-t font-mono">
                  <th scope="row" className="px-1 py-0.5 font-normal">
                    {now.column}
                  </th>
                  <Version cell={seenOf(change, now.column)} />
                  <Version cell={now} />
                  <td className="max-w-40 truncate px-1 py-0.5">
                    <Mine change={change} column={now.column} />
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
      <p className="mt-2 flex gap-2">
        <Button size="small" onClick={onDrop}>
          Drop my change
        </Button>
        {theirs === null ? null : (
          <Button size="small" onClick={onOverwrite}>
            {change.type === 'delete' ? 'Delete it as it is now' : 'Put my change over theirs'}
          </Button>
        )}
      </p>
    </section>
  );
}

function Version({ cell }: { cell: ShownCell | undefined }) {
  return (
    <td className="max-w-40 truncate px-1 py-0.5">
      {cell === undefined ? '' : <CellValue value={cell.value} bytes={cell.bytes} />}
    </td>
  );
}

function Mine({ change, column }: { change: StagedChange; column: string }) {
  const assignment = assigned(change, column);
  if (change.type === 'delete') return 'deleted';
  if (assignment === undefined) return null;
  const value: Cell | undefined = textOf(assignment);
  return value === undefined ? 'default' : <CellValue value={value} bytes={undefined} />;
}

function seenOf({ row }: StagedChange, column: string): ShownCell | undefined {
  return row?.cells.find((cell) => cell.column === column);
}

/** Columns that either side has changed. */
function isTold(change: StagedChange, now: ShownCell): boolean {
  const seen = seenOf(change, now.column);
  return seen?.value !== now.value || seen.bytes !== now.bytes || assigned(change, now.column) !== undefined;
}
