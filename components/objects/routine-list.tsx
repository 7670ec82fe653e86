import { ChevronRight } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import type { RoutineSummary } from '@/lib/api-types';
import { ObjectName } from './object-table';

export type RoutineListProps = { items: readonly RoutineSummary[] };

/** Functions, procedures and aggregates; each opens to its definition. */
export function RoutineList({ items }: RoutineListProps) {
  return (
    <ul className="border-line border-t">
      {items.map((item) => (
        <li key={JSON.stringify([item.schema, item.name, item.arguments])} className="border-line border-b">
          <Routine item={item} />
        </li>
      ))}
    </ul>
  );
}

function Routine({ item }: { item: RoutineSummary }) {
  return (
    <details className="group/routine">
      <summary className="flex min-h-7 cursor-pointer list-none items-center gap-2 px-4 py-1 hover:bg-hover focus-visible:-outline-offset-2">
        <ChevronRight
          aria-hidden
          className="size-3 shrink-0 text-ink-faint transition-transform duration-75 group-open/routine:rotate-90"
        />
        <span className="min-w-0 flex-1 font-mono text-sm [overflow-wrap:anywhere]">
          <ObjectName schema={item.schema} name={item.name} />
          <span className="text-ink-soft">({item.arguments})</span>
          {item.returns === null ? null : <span className="text-ink-soft"> → {item.returns}</span>}
        </span>
        {item.extension === null ? null : (
          <Badge title={`The extension ${item.extension} brought it.`}>{item.extension}</Badge>
        )}
        {item.security_definer ? (
          <Badge tone="warning" title="It runs with the rights of its owner, not of its caller.">
            security definer
          </Badge>
        ) : null}
        <span className="shrink-0 text-ink-soft text-sm max-md:hidden">
          {item.kind === 'function' ? '' : `${item.kind}, `}
          {item.language}, {item.volatility}
        </span>
      </summary>
      <Definition item={item} />
    </details>
  );
}

function Definition({ item }: { item: RoutineSummary }) {
  return (
    <div className="border-line border-t bg-surface py-2 pr-4 pl-9">
      <p className="mb-1 flex flex-wrap items-center gap-x-3 text-ink-soft text-sm">
        <span>
          {item.language}, {item.volatility}, owned by {item.owner}
        </span>
        {item.definition === null ? null : <CopyButton text={item.definition} label="Copy definition" />}
      </p>
      {item.comment ? <p className="mb-1 whitespace-pre-wrap text-ink-soft">{item.comment}</p> : null}
      {item.definition === null ? (
        <p className="text-ink-soft">PostgreSQL keeps no CREATE statement of an aggregate.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long SQL scrolls, so the keyboard must reach it
        <pre tabIndex={0} className="max-h-[420px] overflow-auto font-mono text-sm leading-5">
          {item.definition}
        </pre>
      )}
    </div>
  );
}
