import { CircleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { formatCount } from '@/components/ui/format';
import type { Diagnosis, MigrationHistories, MigrationHistory } from '@/lib/api-types';
import { encodeName } from '@/lib/names';
import { AppliedAt } from './applied-at';
import { toolNames } from './tool-words';

/** Histories of one database that are listed; the page of the database has all. */
const perDatabase = 5;

/** On a phone a row is a line that wraps, the database's name above. */
const rowStyle = 'align-top max-md:flex max-md:flex-wrap';

/** A database with its histories, or with what keeps them from being read. */
export type DatabaseMigrations = { database: string; found: MigrationHistories | Diagnosis };

export type OverviewTableProps = { server: string; databases: readonly DatabaseMigrations[] };

/** All databases of a server: one row for each history, each database leads to its own page. */
export function OverviewTable({ server, databases }: OverviewTableProps) {
  return (
    <div className="mx-4 mb-6 overflow-hidden rounded-lg border border-line bg-surface">
      <table className="w-full table-fixed border-collapse max-md:block">
        <caption className="sr-only">Migration histories by database</caption>
        <thead className="max-md:hidden">
          <tr className="h-7 bg-sunken text-left text-ink-soft text-sm [&>th]:px-3 [&>th]:font-medium">
            <th scope="col" className="w-[22%]">
              Database
            </th>
            <th scope="col" className="w-[96px]">
              Tool
            </th>
            <th scope="col">Current</th>
            <th scope="col" className="w-[80px] text-right">
              Applied
            </th>
            <th scope="col" className="w-[190px]">
              Last applied
            </th>
            <th scope="col" className="w-[168px]">
              Problems
            </th>
          </tr>
        </thead>
        {databases.map((row) => (
          <tbody
            key={row.database}
            className="border-line border-t max-md:block [&_td]:px-3 [&_td]:py-1 [&_th]:px-3 [&_th]:py-1"
          >
            <DatabaseRows server={server} {...row} />
          </tbody>
        ))}
      </table>
    </div>
  );
}

function warningsFirst(items: readonly MigrationHistory[]): MigrationHistory[] {
  const warns = ({ problems }: MigrationHistory) => problems.some(({ severity }) => severity === 'warning');
  return [...items.filter(warns), ...items.filter((history) => !warns(history))];
}

function DatabaseRows({ server, database, found }: DatabaseMigrations & { server: string }) {
  const shown = 'cause' in found ? [] : warningsFirst(found.items).slice(0, perDatabase);
  const left = 'cause' in found ? 0 : found.items.length + found.more - shown.length;
  const name = (
    <DatabaseLink server={server} database={database} rows={Math.max(shown.length, 1) + (left > 0 ? 1 : 0)} />
  );
  if ('cause' in found) return <Failed name={name} {...found} />;
  if (shown.length === 0) {
    return (
      <tr className={rowStyle}>
        {name}
        <td colSpan={5} className="text-ink-faint">
          No migration history
        </td>
      </tr>
    );
  }
  return (
    <>
      {shown.map((history, at) => (
        <HistoryRow key={history.table} history={history} name={at === 0 ? name : null} />
      ))}
      {left > 0 ? (
        <tr className={rowStyle}>
          <td colSpan={5} className="text-ink-soft">
            and {formatCount(left)} more
          </td>
        </tr>
      ) : null}
    </>
  );
}

type DatabaseLinkProps = { server: string; database: string; rows: number };

function DatabaseLink({ server, database, rows }: DatabaseLinkProps) {
  return (
    <th scope="rowgroup" rowSpan={rows} className="text-left align-top font-normal max-md:w-full">
      <Link
        href={`/s/${encodeName(server)}/${encodeName(database)}/migrations`}
        className="break-words font-mono text-sm hover:text-accent hover:underline"
      >
        {database}
      </Link>
    </th>
  );
}

function HistoryRow({ history, name }: { history: MigrationHistory; name: ReactNode }) {
  const { tool, table, applied, problems, last_applied_at: last } = history;
  return (
    <tr className={rowStyle}>
      {name}
      <td title={table} className="max-md:hidden">
        {toolNames[tool]}
      </td>
      <td className="max-md:min-w-0 max-md:flex-1">
        <span className="text-ink-soft md:hidden">{toolNames[tool]}: </span>
        <Current history={history} />
      </td>
      <td className="text-right max-md:hidden">{applied === null ? <None /> : formatCount(applied)}</td>
      <td className="text-ink-soft max-md:hidden">{applied ? <AppliedAt stored={last} /> : <None />}</td>
      <td>
        <Problems problems={problems} />
      </td>
    </tr>
  );
}

function Current({ history: { current, apps, applied } }: { history: MigrationHistory }) {
  if (applied === null) return <span className="text-ink-faint">not read</span>;
  if (apps !== undefined && apps.length > 0) {
    return <span>{apps.length === 1 ? '1 app' : `${formatCount(apps.length)} apps`}</span>;
  }
  if (current.length === 0) return <span className="text-ink-faint">none</span>;
  const shown = current.slice(0, 4).join(', ') + (current.length > 4 ? ' …' : '');
  return <span className="break-words font-mono text-sm">{shown}</span>;
}

/** The first warning in a word or two, and how many more there are. */
function Problems({ problems }: Pick<MigrationHistory, 'problems'>) {
  const [first, ...more] = problems.filter(({ severity }) => severity === 'warning');
  if (first === undefined) return <None />;
  return (
    <>
      <Badge tone="warning" title={first.message}>
        {first.code.replaceAll('_', ' ')}
      </Badge>
      {more.length > 0 ? <span className="ml-1.5 text-ink-soft text-sm">+{more.length}</span> : null}
    </>
  );
}

function None() {
  return <span className="text-ink-faint">–</span>;
}

function Failed({ name, cause, fix }: Diagnosis & { name: ReactNode }) {
  return (
    <tr className={rowStyle}>
      {name}
      <td colSpan={5}>
        <span className="flex gap-2">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
          <span className="min-w-0 break-words">
            {cause} <span className="text-ink-soft">{fix}</span>
          </span>
        </span>
      </td>
    </tr>
  );
}
