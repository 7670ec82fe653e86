import { clsx } from 'clsx';

/** A heading: its width in CSS, the side that numbers stand on, and the narrowest page that has room for it. */
export type Column = { name: string; width?: string; isNumber?: boolean; from?: 'md' | 'lg' | 'xl' };

const shownFrom = { md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' } as const;

export type ColumnHeadsProps = { columns: readonly Column[]; className: string };

/** The line of headings of a table whose cells stand 8 px apart, and 16 px from the page's edge. */
export function ColumnHeads({ columns, className }: ColumnHeadsProps) {
  return (
    <thead>
      <tr
        className={clsx(
          'h-7 border-line border-b text-left text-sm [&>th]:px-2 [&>th]:font-medium [&>th:first-child]:pl-4 [&>th:last-child]:pr-4',
          className,
        )}
      >
        {columns.map(({ name, width, isNumber, from }) => (
          <th
            key={name}
            scope="col"
            style={{ width }}
            className={clsx(isNumber && 'text-right', from && shownFrom[from])}
          >
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
