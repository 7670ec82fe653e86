import { formatBytes } from '@/components/ui/format';
import type { Cell } from '@/lib/query-event';
import { cellSegments } from './cell-text';

export type CellValueProps = {
  value: Cell;
  /** The full length in bytes of a value that arrived cut. */
  bytes: number | undefined;
};

/** A value on one line: NULL is a word, '' is empty, what has no shape is a glyph. */
export function CellValue({ value, bytes }: CellValueProps) {
  if (value === null) return <span className="text-ink-faint">NULL</span>;
  if (value === '') return <span className="sr-only">empty string</span>;
  return (
    <>
      <span className="min-w-0 truncate whitespace-pre">
        {cellSegments(value).map((segment, index) =>
          segment.isGlyph ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: segments of one immutable value
            <span key={index} className="text-ink-faint">
              {segment.text}
            </span>
          ) : (
            segment.text
          ),
        )}
      </span>
      {bytes === undefined ? null : (
        <span className="ml-1 shrink-0 font-sans text-warning text-xs">… {formatBytes(bytes)}</span>
      )}
    </>
  );
}
