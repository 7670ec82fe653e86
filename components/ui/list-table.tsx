import type { ReactNode } from 'react';

/** A heading: its width in CSS, the side that numbers stand on, and the narrowest page that has room for it. */
export type ListColumn = { name: string; width?: string; isNumber?: boolean; from?: 'md' | 'lg' | 'xl' };

/** Leaves a column's cells out of pages that are too narrow for it. */
const shownFrom = { md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' } as const;

export type ListTableProps = { caption: string; columns: readonly ListColumn[]; children: ReactNode };

/** A long list, one line each, under quiet headings. The lines are `tr` elements. */
export function ListTable({ caption, columns, children }: ListTableProps) {
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="h-7 border-line border-b text-left text-ink-faint text-sm [&>th]:px-2 [&>th]:font-medium [&>th:first-child]:pl-4 [&>th:last-child]:pr-4">
          {columns.map(({ name, width, isNumber, from }) => (
            <th
              key={name}
              scope="col"
              style={{ width }}
              className={`${isNumber ? 'text-right' : ''} ${from === undefined ? '' : shownFrom[from]}`}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
