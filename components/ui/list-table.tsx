import type { ReactNode } from 'react';
import { type Column, ColumnHeads } from './column-heads';

export type ListTableProps = { caption: string; columns: readonly Column[]; children: ReactNode };

/** A long list, one line each, under quiet headings. The lines are `tr` elements. */
export function ListTable({ caption, columns, children }: ListTableProps) {
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">{caption}</caption>
      <ColumnHeads columns={columns} className="text-ink-faint" />
      <tbody>{children}</tbody>
    </table>
  );
}
