import { type ReactNode, useId } from 'react';
import { type Column, ColumnHeads } from '@/components/ui/column-heads';

export type SectionProps = {
  title: string;
  /** How many things it holds; said beside the title. */
  count?: number;
  actions?: ReactNode;
  children: ReactNode;
};

/** One part of a structure page: a heading and a table below it. */
export function Section({ title, count, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <header className="flex h-9 items-center gap-2 px-4">
        <h2 id={id} className="font-medium">
          {title}
        </h2>
        {count === undefined ? null : <span className="text-ink-faint text-sm">{count}</span>}
        {actions ? <div className="ml-auto">{actions}</div> : null}
      </header>
      {children}
    </section>
  );
}

export type FactsTableProps = {
  /** What the table holds, for who can't see it. */
  caption: string;
  /** The columns' names, and how wide they are. */
  columns: readonly Pick<Column, 'name' | 'width'>[];
  /** FactRow elements. */
  children: ReactNode;
};

/** A plain table of facts; wider than the page it scrolls by itself. */
export function FactsTable({ caption, columns, children }: FactsTableProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: it groups nothing that is filled in
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, so the keyboard must reach it
      tabIndex={0}
      aria-label={caption}
      className="overflow-x-auto border-line border-y bg-surface"
    >
      <table className="w-full min-w-[640px] border-collapse">
        <caption className="sr-only">{caption}</caption>
        <ColumnHeads columns={columns} className="text-ink-soft" />
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** One row of a FactsTable: `td` elements. */
export function FactRow({ children }: { children: ReactNode }) {
  return (
    <tr className="min-h-7 border-line border-b align-top last:border-b-0 hover:bg-hover/50 [&>td]:px-2 [&>td]:py-1 [&>td:first-child]:pl-4 [&>td:last-child]:pr-4">
      {children}
    </tr>
  );
}

/** A name as PostgreSQL stores it. */
export function Name({ children }: { children: ReactNode }) {
  return (
    <span className="whitespace-pre-wrap font-mono text-sm leading-5 [overflow-wrap:anywhere]">
      {children}
    </span>
  );
}

/** SQL within a line. */
export function Code({ children }: { children: ReactNode }) {
  return (
    <code className="whitespace-pre-wrap font-mono text-ink-soft text-sm leading-5 [overflow-wrap:anywhere]">
      {children}
    </code>
  );
}

/** A comment; nothing where there is none. */
export function Comment({ text }: { text: string | null | undefined }) {
  return text ? (
    <span className="whitespace-pre-wrap text-ink-soft [overflow-wrap:anywhere]">{text}</span>
  ) : null;
}
