'use client';

import { Activity, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { usePolled } from '@/components/jobs/use-polled';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Input } from '@/components/ui/input';
import type { Backend, BackendList } from '@/lib/api-types';
import { encodeName } from '@/lib/names';
import { BackendTable } from './backend-table';
import { filterBackends, treeOf } from './backend-tree';
import { type Ending, SignalDialog } from './signal-dialog';
import { useSearch } from './use-search';

const everyMs = 2000;

export type ActivityViewProps = { server: string; initial: BackendList };

/** What a server's backends do now: followed while somebody looks, until they pause it. */
export function ActivityView({ server, initial }: ActivityViewProps) {
  const [isPaused, setIsPaused] = useState(false);
  const [ending, setEnding] = useState<Ending | null>(null);
  const search = useSearch();
  const url = `/api/v1/servers/${encodeName(server)}/backends`;
  const { value, problem, refresh } = usePolled(initial, url, () => isPaused, everyMs);
  const shown = filterBackends(value.items, {
    q: search.get('q'),
    isIdleShown: search.get('idle') === 'true',
    isSystemShown: search.get('system') === 'true',
  });
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-y bg-surface px-4 py-1.5">
        <BackendFilter {...search} />
        <Button onClick={() => setIsPaused(!isPaused)} aria-pressed={isPaused} className="ml-auto">
          {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
          {isPaused ? 'Go on' : 'Pause'}
        </Button>
      </div>
      <WhoLooks list={value} />
      <p role="status" className="px-4 py-1 text-danger empty:hidden">
        {problem}
      </p>
      {shown.length === 0 ? (
        <EmptyState title="No backend matches" icon={<Activity />}>
          {`${value.items.length} ${value.items.length === 1 ? 'is' : 'are'} left out by the filter.`}
        </EmptyState>
      ) : (
        <BackendTable
          rows={treeOf(shown)}
          at={value.at}
          onEnd={(backend: Backend, action) => setEnding({ backend, action })}
        />
      )}
      {ending === null ? null : (
        <SignalDialog server={server} {...ending} onClose={() => setEnding(null)} onDone={refresh} />
      )}
    </>
  );
}

/** What of the list is shown; it stands in the address. */
function BackendFilter({ get, set }: ReturnType<typeof useSearch>) {
  return (
    <>
      <Input
        type="search"
        aria-label="Filter the backends"
        placeholder="pid, role, database, query…"
        value={get('q')}
        onChange={(event) => set('q', event.target.value)}
        className="max-w-64"
      />
      {(
        [
          ['Idle ones too', 'idle'],
          ["PostgreSQL's own processes too", 'system'],
        ] as const
      ).map(([label, name]) => (
        <label key={name} className="flex items-center gap-1.5">
          <input
            type="checkbox"
            checked={get(name) === 'true'}
            onChange={(event) => set(name, event.target.checked ? 'true' : '')}
          />
          {label}
        </label>
      ))}
    </>
  );
}

/** Whose eyes these are: what PostgreSQL hides from them is not there. */
function WhoLooks({ list: { level, role, items } }: { list: BackendList }) {
  const hidden = items.filter(({ is_hidden }) => is_hidden).length;
  return (
    <p className="px-4 py-2 text-ink-soft">
      {`Seen as ${role}${level === 'write' ? '' : `, at the ${level} level`}. `}
      {hidden === 0
        ? 'PostgreSQL shows it every backend.'
        : `PostgreSQL hides from it what ${hidden} ${hidden === 1 ? 'backend' : 'backends'} of other roles do.`}
    </p>
  );
}
