import { Database } from 'lucide-react';
import Link from 'next/link';
import { formatBytes } from '@/components/ui/format';
import type { DatabaseSummary } from '@/lib/api-types';
import { pathOfRoom } from '../shell/place';

export type DatabaseTableProps = { server: string; databases: readonly DatabaseSummary[] };

/** A server's databases; each leads to its tables. */
export function DatabaseTable({ server, databases }: DatabaseTableProps) {
  if (databases.length === 0) {
    return (
      <p className="border-line border-t px-3 py-2 text-ink-soft">
        No database here that your level may open. An admin can grant CONNECT to its login role.
      </p>
    );
  }
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">Databases</caption>
      <thead>
        <tr className="h-7 border-line border-y bg-sunken text-left text-ink-soft text-sm [&>th]:px-3 [&>th]:font-medium">
          <th scope="col">Database</th>
          <th scope="col" className="w-[24%] max-md:hidden">
            Owner
          </th>
          <th scope="col" className="w-[14%] max-md:hidden">
            Encoding
          </th>
          <th scope="col" className="w-[120px] text-right">
            Size
          </th>
        </tr>
      </thead>
      <tbody>
        {databases.map((database) => (
          <DatabaseRow key={database.name} server={server} database={database} />
        ))}
      </tbody>
    </table>
  );
}

function DatabaseRow({ server, database }: { server: string; database: DatabaseSummary }) {
  return (
    <tr className="relative h-7 border-line border-b last:border-b-0 focus-within:bg-accent-soft hover:bg-hover [&>td]:truncate [&>td]:px-3">
      <td>
        <Link
          href={pathOfRoom(server, database.name, '')}
          className="font-mono text-sm outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
        >
          <Database aria-hidden className="mr-2 inline size-3.5 align-[-2px] text-ink-faint" />
          {database.name}
        </Link>
      </td>
      <td className="font-mono text-ink-soft text-sm max-md:hidden">{database.owner}</td>
      <td className="text-ink-soft max-md:hidden">{database.encoding}</td>
      <td className="text-right text-ink-soft">
        {database.size_bytes === null ? '–' : formatBytes(database.size_bytes)}
      </td>
    </tr>
  );
}
