import { Fragment, type ReactNode } from 'react';
import { type Column, ColumnHeads } from '../ui/column-heads';

export type ObjectTableProps = {
  caption: string;
  /** `isWide`: a phone leaves it out. */
  columns: readonly (Omit<Column, 'from'> & { isWide?: boolean })[];
  children: ReactNode;
};

/** A dense table of objects, one line each. */
export function ObjectTable({ caption, columns, children }: ObjectTableProps) {
  const shown = columns.map(({ isWide, ...column }) =>
    isWide ? { ...column, from: 'md' as const } : column,
  );
  return (
    <table className="w-full table-fixed border-collapse border-line border-t">
      <caption className="sr-only">{caption}</caption>
      <ColumnHeads columns={shown} className="bg-sunken text-ink-soft" />
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
