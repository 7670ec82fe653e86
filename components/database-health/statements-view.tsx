import { FactRow, FactsTable } from '@/components/relation/structure/section';
import { formatCount, formatDuration } from '@/components/ui/format';
import type { StatementHealth } from '@/lib/api-types';

const columns = [
  { name: 'Statement' },
  { name: 'In all', width: '110px' },
  { name: 'On average', width: '100px' },
  { name: 'Calls', width: '100px' },
  { name: 'Rows', width: '100px' },
];

/** What pg_stat_statements counted, with constants left out by PostgreSQL. */
export function StatementsView({ statements }: { statements: readonly StatementHealth[] }) {
  if (statements.length === 0) {
    return <p className="px-4 text-ink-soft">PostgreSQL has counted no statement in this database yet.</p>;
  }
  return (
    <FactsTable caption="Statements that took the most time" columns={columns}>
      {statements.map(({ query, total_ms, mean_ms, calls, rows }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: statements have no name, and the list never moves
        <FactRow key={place}>
          <td>
            {query === null ? (
              <span className="text-ink-faint">another role's, hidden from this level</span>
            ) : (
              <code className="line-clamp-3 whitespace-pre-wrap font-mono text-sm [overflow-wrap:anywhere]">
                {query}
              </code>
            )}
          </td>
          <td>{formatDuration(total_ms)}</td>
          <td>{formatDuration(mean_ms)}</td>
          <td>{formatCount(calls)}</td>
          <td>{formatCount(rows)}</td>
        </FactRow>
      ))}
    </FactsTable>
  );
}
