import { formatBytes, formatCount } from '@/components/ui/format';
import { Skeleton } from '@/components/ui/skeleton';
import type { DatabaseMaintenancePlan, MaintenancePlan } from '@/lib/api-types';

type Plan = MaintenancePlan | DatabaseMaintenancePlan;

export type PlanViewProps = { plan: Plan | null; problem: string | null };

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
  const { sql, lock, effect, holders } = plan;
  return (
    <section aria-label="What will happen" className="flex flex-col gap-2">
      <pre className="whitespace-pre-wrap rounded-md bg-sunken p-2 font-mono text-sm [overflow-wrap:anywhere]">
        {sql}
      </pre>
      <p>{`${sizeOf(plan)}. It takes a lock ${lock}. ${effect}`}</p>
      {'others' in plan && plan.others > 0 ? (
        <p className="text-warning">
          {`${count(plan.others, 'table is', 'tables are')} left out: another role owns them.`}
        </p>
      ) : null}
      {holders.length === 0 ? (
        <p className="text-ink-soft">Nobody holds a lock now that it would have to wait for.</p>
      ) : (
        <div>
          <p className="text-danger">
            {`${count(holders.length, 'backend holds', 'backends hold')} what it would wait for; after 2 s it ${'tables' in plan ? 'goes on with the next table' : 'gives up'}:`}
          </p>
          <ul className="mt-1 list-disc pl-5 text-sm">
            {holders.map(({ pid, user, state, mode, query, relation }) => (
              <li key={`${pid} ${mode}`} className="[overflow-wrap:anywhere]">
                {`${pid}, ${user ?? 'unknown'}, ${state ?? 'hidden'}, ${mode}${relation === undefined ? '' : ` on ${relation}`}: `}
                <code className="font-mono">{query ?? 'hidden'}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function sizeOf(plan: Plan): string {
  const tables = 'tables' in plan ? `${count(plan.tables, 'table', 'tables')}, ` : '';
  return `${tables}${formatBytes(plan.size_bytes)}, ${count(plan.indexes, 'index', 'indexes')}`;
}

function count(number: number, one: string, many: string): string {
  return `${formatCount(number)} ${number === 1 ? one : many}`;
}
