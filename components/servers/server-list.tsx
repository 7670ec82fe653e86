import { Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import type { DatabaseSummary, Diagnosis, ServerSummary } from '@/lib/api-types';
import { ServerCard } from './server-card';

/** A server with its databases, or with what keeps them from being listed. */
export type ServerGlance = { server: ServerSummary; databases: readonly DatabaseSummary[] | Diagnosis };

export type ServerListProps = {
  servers: readonly ServerGlance[];
  /** What gets the first server: "Add a server" for those who may. */
  action?: ReactNode;
};

/** Servers at a glance: one card a server, its databases lead to their SQL. */
export function ServerList({ servers, action }: ServerListProps) {
  if (servers.length === 0) {
    return (
      <EmptyState title="No servers yet" action={action} icon={<Server />}>
        The PostgreSQL servers that you may open appear here.
        {action ? '' : ' Ask an admin for access to one.'}
      </EmptyState>
    );
  }
  return (
    <ul className="flex flex-col gap-3 px-4 pb-4">
      {servers.map((glance) => (
        <li key={glance.server.slug}>
          <ServerCard {...glance} />
        </li>
      ))}
    </ul>
  );
}
