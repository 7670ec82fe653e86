import { Server } from 'lucide-react';
import Link from 'next/link';
import { FactRow, FactsTable } from '@/components/relation/structure/section';
import { Badge } from '@/components/ui/badge';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { EnvironmentBadge } from '@/components/ui/environment';
import { verdictWords } from '@/components/wall/wall-words';
import type { ServerSettings } from '@/lib/api-types';
import { settingsPath } from './paths';

const columns = [
  { name: 'Server', width: '22%' },
  { name: 'Environment', width: '120px' },
  { name: 'Address', width: '24%' },
  { name: 'TLS', width: '100px' },
  { name: 'Levels' },
];

/** Every enrolled server: where it is, and what PostgreSQL enforces there. */
export function ServerTable({ servers }: { servers: readonly ServerSettings[] }) {
  if (servers.length === 0) {
    const add = (
      <Link href="/settings/add-server" className={buttonStyle('primary')}>
        Add a server
      </Link>
    );
    return (
      <EmptyState title="No servers yet" action={add} icon={<Server />}>
        A server is a PostgreSQL instance that Howdah looks into and works on.
      </EmptyState>
    );
  }
  return (
    <FactsTable caption="Servers" columns={columns}>
      {servers.map((server) => (
        <FactRow key={server.slug}>
          <td>
            <Link href={settingsPath(server.slug)} className="text-accent underline underline-offset-2">
              {server.name}
            </Link>
            <span className="ml-2 font-mono text-ink-soft text-sm">{server.slug}</span>
          </td>
          <td>
            <EnvironmentBadge environment={server.environment} />
          </td>
          <td className="font-mono text-sm [overflow-wrap:anywhere]">{`${server.host}:${server.port}`}</td>
          <td className="text-ink-soft">{server.tls_mode}</td>
          <td>
            <span className="flex flex-wrap gap-1">
              {server.levels.map(({ level, verdict }) => (
                <Badge key={level} tone={verdictWords[verdict].tone}>
                  {`${level}: ${verdictWords[verdict].word.toLowerCase()}`}
                </Badge>
              ))}
            </span>
          </td>
        </FactRow>
      ))}
    </FactsTable>
  );
}
