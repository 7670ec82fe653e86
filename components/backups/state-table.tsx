import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { formatBytes } from '@/components/ui/format';
import { Time } from '@/components/ui/time';
import type { BackupProblem, BackupState } from '@/lib/job-types';
import { encodeName } from '@/lib/names';
import { problemWords } from './problem-words';
import { SizeTrend } from './size-trend';

export type StateTableProps = {
  states: readonly BackupState[];
  /** Servers whose databases can't be listed now. */
  away: readonly { server: string; cause: string }[];
};

/** One line a database: last backup, last proof, next run, size, and what is wrong. What needs somebody comes first. */
export function StateTable({ states, away }: StateTableProps) {
  const sorted = [...states].sort((a, b) => rankOf(a) - rankOf(b));
  return (
    <>
      {away.map(({ server, cause }) => (
        <p key={server} role="alert" className="px-4 py-1 text-warning">
          The databases of {server} can’t be listed now: {cause}
        </p>
      ))}
      {sorted.length === 0 ? (
        <EmptyState title="No databases">
          The databases of the servers that you may see are listed here.
        </EmptyState>
      ) : (
        <table className="w-full table-fixed border-collapse">
          <caption className="sr-only">State of the backups</caption>
          <thead>
            <tr className="h-7 border-line border-y text-left text-ink-faint text-sm [&>th]:px-2 [&>th]:font-medium [&>th:first-child]:pl-4 [&>th:last-child]:pr-4">
              <th scope="col">Server / database</th>
              <th scope="col" className="w-[176px] max-md:w-[128px]">
                What is wrong
              </th>
              <th scope="col" className="w-[168px] max-md:hidden">
                Last backup
              </th>
              <th scope="col" className="w-[168px] max-md:hidden">
                Last proven
              </th>
              <th scope="col" className="w-[168px] max-lg:hidden">
                Next run
              </th>
              <th scope="col" className="w-[168px] text-right max-lg:hidden">
                Size
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((state) => (
              <StateRow key={`${state.server}/${state.database}`} state={state} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** Danger first, then warnings, then what is well. */
function rankOf({ problems }: BackupState): number {
  if (problems.some((problem) => problemWords[problem].tone === 'danger')) return 0;
  return problems.length > 0 ? 1 : 2;
}

function StateRow({ state }: { state: BackupState }) {
  const { server, database, last, proven_at, next_at, sizes, problems } = state;
  return (
    <tr className="h-9 border-line border-b hover:bg-hover [&>td]:truncate [&>td]:px-2 [&>td:first-child]:pl-4 [&>td:last-child]:pr-4">
      <td>
        <Link
          href={`/s/${encodeName(server)}/${encodeName(database)}/backups`}
          className="font-mono text-sm hover:underline"
          title={`${server}/${database}`}
        >
          {server}
          <span className="text-ink-faint">/</span>
          {database}
        </Link>
      </td>
      <td>
        <span className="inline-flex flex-wrap gap-1 py-1">
          {problems.length === 0 ? <Badge tone="success">Well</Badge> : null}
          {problems.map((problem) => (
            <Badge key={problem} tone={problemWords[problem].tone} title={titleOf(problem, state)}>
              {problemWords[problem].label}
            </Badge>
          ))}
        </span>
      </td>
      <td className="max-md:hidden">{last === null ? <None /> : <Time value={last.at} />}</td>
      <td className="max-md:hidden">{proven_at === null ? <None /> : <Time value={proven_at} />}</td>
      <td className="max-lg:hidden">{next_at === null ? <None /> : <Time value={next_at} />}</td>
      <td className="text-right max-lg:hidden">
        {last === null ? (
          <None />
        ) : (
          <span className="inline-flex items-center gap-2">
            <SizeTrend sizes={sizes} />
            {formatBytes(last.size_bytes)}
          </span>
        )}
      </td>
    </tr>
  );
}

function titleOf(problem: BackupProblem, { attempt, disproof }: BackupState): string {
  if (problem === 'failed') return attempt?.message ?? problemWords.failed.title;
  if (problem === 'unproven') return disproof ?? problemWords.unproven.title;
  return problemWords[problem].title;
}

function None() {
  return <span className="text-ink-faint">–</span>;
}
