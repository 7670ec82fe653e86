import { Select } from '@/components/ui/input';

export type CsvPreviewProps = {
  rows: readonly string[][];
  hasHeader: boolean;
  names: readonly string[];
  columns: readonly (string | null)[];
  onMap: (columns: (string | null)[]) => void;
};

const shownRows = 6;

/** The first rows of a file, and which column of the table each of its own goes to. */
export function CsvPreview({ rows, hasHeader, names, columns, onMap }: CsvPreviewProps) {
  const body = rows.slice(hasHeader ? 1 : 0).slice(0, shownRows);
  return (
    <section
      aria-label="Preview of the file"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
      className="max-h-72 overflow-auto rounded-md border border-line"
    >
      <table className="text-left text-sm">
        <thead>
          <tr>
            {columns.map((column, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column of a file is its place
              <th key={place} scope="col" className="min-w-36 border-line border-r border-b p-1 font-normal">
                <span className="block truncate text-ink-soft">{titleOf(rows, place, hasHeader)}</span>
                <Select
                  aria-label={`Column for ${titleOf(rows, place, hasHeader)}`}
                  value={column === null ? -1 : names.indexOf(column)}
                  onChange={({ target }) =>
                    onMap(
                      columns.map((other, at) =>
                        at === place ? (names[Number(target.value)] ?? null) : other,
                      ),
                    )
                  }
                >
                  <option value={-1}>leave out</option>
                  {names.map((name, index) => (
                    <option key={name} value={index}>
                      {name}
                    </option>
                  ))}
                </Select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="font-mono">
          {body.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one immutable file
            <tr key={index}>
              {columns.map((_, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={place} className="max-w-52 truncate whitespace-pre border-line border-r px-1 py-0.5">
                  {row[place] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function titleOf(rows: readonly string[][], place: number, hasHeader: boolean): string {
  return (hasHeader ? rows[0]?.[place] : undefined) ?? `value ${place + 1}`;
}
