import type { BadRow } from '@/lib/import-types';

/** The rows of a file that stood in the way, each with what was said of it. */
export function BadRows({ rows, isMore }: { rows: readonly BadRow[]; isMore: boolean }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label="Bad rows" className="mt-3 max-h-60 overflow-auto rounded-md bg-sunken p-2 text-sm">
      <ul>
        {rows.map((bad) => (
          <li key={`${bad.row} ${bad.line}`} className="flex gap-2 py-0.5">
            <span className="w-24 shrink-0 text-ink-soft">{placeInWords(bad)}</span>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {bad.column === null ? null : (
                <>
                  <code>{bad.column}</code>
                  {bad.value === null ? null : (
                    <> has {bad.value === '' ? 'no value' : <code>{bad.value}</code>}</>
                  )}
                  :{' '}
                </>
              )}
              {bad.message}
            </span>
          </li>
        ))}
      </ul>
      {isMore ? <p className="mt-1 text-ink-soft">There may be more.</p> : null}
    </section>
  );
}

function placeInWords({ row, line }: BadRow): string {
  return line === null ? `Row ${row}` : `Line ${line}`;
}
