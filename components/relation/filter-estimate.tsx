import { Info, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { estimateInWords, isCostly } from './estimate-words';
import type { Filter } from './filter';
import type { RelationPlace } from './rows-view';
import { useEstimate } from './use-estimate';

export type FilterEstimateProps = { place: RelationPlace; filter: readonly Filter[] };

/**
 * What the planner expects of the filter in force, asked beside the rows and not before them. Where it can't be told nothing
 * is said: the rows themselves tell what is wrong. Give it a `key` of the filter.
 */
export function FilterEstimate({ place, filter }: FilterEstimateProps) {
  const { estimate, ask } = useEstimate(place);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter comes with another key
  useEffect(() => ask(filter), [ask]);
  if (estimate === null || 'error' in estimate) return null;
  const Icon = isCostly(estimate) ? TriangleAlert : Info;
  return (
    <p
      role="status"
      className="flex shrink-0 items-start gap-2 border-line border-t px-4 py-1 text-ink-soft text-sm"
    >
      <Icon
        aria-hidden
        className={
          isCostly(estimate) ? 'mt-0.5 size-3 shrink-0 text-warning' : 'mt-0.5 size-3 shrink-0 text-ink-faint'
        }
      />
      <span className="min-w-0">{estimateInWords(estimate)}</span>
    </p>
  );
}
