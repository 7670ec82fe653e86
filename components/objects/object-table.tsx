import { Fragment, type ReactNode } from 'react';

export type ObjectTableProps = {
  caption: string;
  /** Headings: a width in CSS, the side that numbers stand on, and whether a phone leaves it out. */
  columns: readonly { name: string; width?: string; isNumber?: boolean; isWide?: boolean }[];
  children: ReactNode;
};

/** A dense table of objects, one line each. */
export function ObjectTable({ caption, columns, children }: ObjectTableProps) {
  return (
    <table className="w-full table-fixed border-collapse border-line border-t">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="h-7 border-line border-b bg-sunken text-left text-ink-soft text-sm [&>th]:px-2 [&>th]:font-medium [&>th:first-child]:pl-4 [&>th:last-child]:pr-4">
          {columns.map(({ name, width, isNumber, isWide }) => (
            <th
              key={name}
              scope="col"
              style={{ width }}
              className={`${isNumber ? 'text-right' : ''} ${isWide ? 'max-md:hidden' : ''}`}
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

/** One line of an ObjectTable: `td` elements. A link in it marked `data-row` covers the whole line. */
export function ObjectRow({ children }: { children: ReactNode }) {
  return (
    <tr className="relative h-7 border-line border-b focus-within:bg-accent-soft hover:bg-hover [&>td]:px-2 [&>td]:py-1 [&>td:first-child]:pl-4 [&>td:last-child]:pr-4">
      {children}
    </tr>
  );
}

/** Schema and name of an object, as they are stored; a long one breaks behind a `_` first. */
export function ObjectName({ schema, name }: { schema: string; name: string }) {
  return (
    <span className="whitespace-pre-wrap font-mono text-sm [overflow-wrap:anywhere]">
      <span className="text-ink-soft">{schema}.</span>
      <wbr />
      {name.split(/(?<=_)/).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one name, which never move
        <Fragment key={index}>
          {index === 0 ? null : <wbr />}
          {part}
        </Fragment>
      ))}
    </span>
  );
}
