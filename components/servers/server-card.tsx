import { clsx } from 'clsx';
import { Badge } from '@/components/ui/badge';
import { EnvironmentBadge, EnvironmentDot } from '@/components/ui/environment';
import { ErrorState } from '@/components/ui/error-state';
import type { Level, ServerSummary } from '@/lib/api-types';
import { DatabaseTable } from './database-table';
import type { ServerGlance } from './server-list';

const statuses = {
  healthy: { word: 'Healthy', dot: 'bg-success' },
  unhealthy: { word: 'Not reachable', dot: 'bg-danger' },
  unknown: { word: 'Not checked yet', dot: 'bg-line-control' },
} as const satisfies Record<ServerSummary['status'], { word: string; dot: string }>;

const levelTitles: Record<Level, string> = {
  read: 'You may read',
  write: 'You may read and change rows',
  owner: 'You may do everything, DDL included',
};

/** One server: what it is, how it is, what you may do there, and its databases. */
export function ServerCard({ server, databases }: ServerGlance) {
  const id = `server-${server.slug}`;
  return (
    <section aria-labelledby={id} className="overflow-hidden rounded-lg border border-line bg-surface">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
        <EnvironmentDot environment={server.environment} />
        <h2 id={id} className="font-semibold">
          {server.name}
        </h2>
        <EnvironmentBadge environment={server.environment} />
        <ServerStatus status={server.status} />
        <span className="text-ink-soft">
          {server.version ? `PostgreSQL ${server.version}` : 'Version unknown'}
        </span>
        <span className="ml-auto flex items-center gap-1.5 text-ink-soft" title={levelTitles[server.level]}>
          Your level <Badge>{server.level}</Badge>
        </span>
      </header>
      {'cause' in databases ? (
        <div className="border-line border-t p-3">
          <ErrorState
            title="Its databases could not be listed"
            cause={databases.cause}
            fix={databases.fix}
            retryHref="/"
          />
        </div>
      ) : (
        <DatabaseTable server={server.slug} databases={databases} />
      )}
    </section>
  );
}

function ServerStatus({ status }: { status: ServerSummary['status'] }) {
  const { word, dot } = statuses[status];
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={clsx('size-1.5 rounded-full', dot)} />
      {word}
    </span>
  );
}
