import { formatBytes, formatCount } from '@/components/ui/format';
import { Time } from '@/components/ui/time';
import type { DatabaseFacts } from '@/lib/api-types';

/** The counters of a database, each with what it means. */
export function FactsView({ facts }: { facts: DatabaseFacts }) {
  const { cache_hit_ratio: ratio, backends, max_connections, size_bytes, xid_age, xid_limit } = facts;
  const rows = [
    [
      'Cache hit ratio',
      ratio === null ? 'not known: nothing was read yet' : `${(ratio * 100).toFixed(2)} %`,
      'Of the blocks that were asked for, how many PostgreSQL had in its own memory.',
    ],
    [
      'Connections',
      `${backends} here, of ${max_connections} that the server allows`,
      'Those of Howdah are among them.',
    ],
    [
      'Size',
      size_bytes === null ? 'not known at this level' : formatBytes(size_bytes),
      'With indexes and TOAST.',
    ],
    [
      'Oldest transaction id',
      `${formatCount(xid_age)} of ${formatCount(xid_limit)}`,
      'At the second figure PostgreSQL vacuums tables by force; it stops writing at two billion.',
    ],
    [
      'Deadlocks',
      formatCount(facts.deadlocks),
      'Statements that PostgreSQL cancelled because they waited in a circle.',
    ],
    ['Temporary files', formatBytes(facts.temp_bytes), 'Sorts and joins that did not fit into work_mem.'],
  ] as const;
  return (
    <>
      <dl className="grid gap-x-6 gap-y-2 px-4 sm:grid-cols-2 lg:grid-cols-3">
        {rows.map(([name, value, words]) => (
          <div key={name}>
            <dt className="text-ink-soft text-sm">{name}</dt>
            <dd className="font-medium">{value}</dd>
            <dd className="text-ink-faint text-sm">{words}</dd>
          </div>
        ))}
      </dl>
      <p className="px-4 pt-2 text-ink-faint text-sm">
        {facts.since === null ? (
          'Counted since the database was made, or PostgreSQL last lost its counters in a crash.'
        ) : (
          <>
            Counted since <Time value={facts.since} />.
          </>
        )}
      </p>
    </>
  );
}
