import { formatBytes } from '@/components/ui/format';
import { Skeleton } from '@/components/ui/skeleton';
import type { MaintenancePlan } from '@/lib/api-types';

export type PlanViewProps = { plan: MaintenancePlan | null; problem: string | null };

/** The SQL, the size, the lock, and who holds what it would wait for. */
export function PlanView({ plan, problem }: PlanViewProps) {
  if (problem !== null) return <p className="text-danger">{problem}</p>;
  if (plan === null) {
    return (
      <div role="status" className="flex flex-col gap-2 py-2">
        <span className="sr-only">Asking PostgreSQL</span>
        <Skeleton className="w-4/5" />
        <Skeleton className="w-3/5" />
      </div>
    );
  }
  const { sql, size_bytes, indexes, lock, effect, holders } = plan;
  return (
    <section aria-label="What will happen" className="flex flex-col gap-2">
      <pre className="whitespace-pre-wrap rounded-md bg-sunken p-2 font-mono text-sm [overflow-wrap:anywhere]">
        {sql}
      </pre>
      <p>
        {`${formatBytes(size_bytes)}, ${indexes} ${indexes === 1 ? 'index' : 'indexes'}. It takes a lock ${lock}. ${effect}`}
      </p>
      {holders.length === 0 ? (
        <p className="text-ink-soft">Nobody holds a lock now that it would have to wait for.</p>
      ) : (
        <div>
          <p className="text-danger">
            {`${holders.length} ${holders.length === 1 ? 'backend holds' : 'backends hold'} a lock that it would wait for; after 2 s it gives up:`}
          </p>
          <ul className="mt-1 list-disc pl-5 text-sm">
            {holders.map(({ pid, user, state, mode, query }) => (
              <li key={pid} className="[overflow-wrap:anywhere]">
                {`${pid}, ${user ?? 'unknown'}, ${state ?? 'hidden'}, ${mode}: `}
                <code className="font-mono">{query ?? 'hidden'}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
