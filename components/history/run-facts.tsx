import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { formatBytes, formatCount, formatDuration } from '@/components/ui/format';
import { Time } from '@/components/ui/time';
import type { HistoryEntry } from '@/lib/api-types';
import { kindWords } from './run-words';

/** Every fact that the history keeps about a run. */
export function RunFacts({ entry }: { entry: HistoryEntry }) {
  return (
    <section aria-label="Facts">
      <dl className="grid grid-cols-[128px_1fr] lg:grid-cols-[128px_1fr_128px_1fr] overflow-hidden rounded-lg border border-line bg-surface px-3 py-1.5">
        <Fact name="User">{entry.user}</Fact>
        <Fact name="Server / database" isMono>
          {entry.server}/{entry.database}
        </Fact>
        <Fact name="Level">{entry.level}</Fact>
        <Fact name="Kind">{kindWords[entry.kind]}</Fact>
        <Fact name="Started">
          <Time value={entry.started_at} />
        </Fact>
        <Fact name="Finished">{entry.finished_at ? <Time value={entry.finished_at} /> : null}</Fact>
        <Fact name="Duration">{entry.duration_ms === null ? null : formatDuration(entry.duration_ms)}</Fact>
        <Fact name="Rows">{entry.rows === null ? null : formatCount(entry.rows)}</Fact>
        <Fact name="Bytes">{entry.bytes === null ? null : formatBytes(entry.bytes)}</Fact>
        <Fact name="Backend (pid)" isMono>
          {entry.pid}
        </Fact>
        {entry.sqlstate ? (
          <Fact name="SQLSTATE" isMono>
            {entry.sqlstate}
          </Fact>
        ) : null}
        <Fact name="Parameters">{entry.params?.length ? <Params values={entry.params} /> : null}</Fact>
        <Fact name="Statement">{entry.statement} of its script</Fact>
        <Fact name="Run" isMono>
          <Id text={entry.id} label="Copy the run's id" />
        </Fact>
        <Fact name="Script" isMono>
          <Id text={entry.script_id} label="Copy the script's id" />
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, isMono, children }: { name: string; isMono?: boolean; children: ReactNode }) {
  const isEmpty = children === null || children === undefined;
  return (
    <>
      <dt className="py-1 text-ink-soft">{name}</dt>
      <dd className={`min-w-0 break-words py-1 ${isMono ? 'font-mono text-sm leading-5' : ''}`}>
        {isEmpty ? <span className="text-ink-faint">–</span> : children}
      </dd>
    </>
  );
}

function Id({ text, label }: { text: string; label: string }) {
  return (
    <span className="flex items-center gap-1">
      <span className="break-all">{text}</span>
      <CopyButton text={text} label={label} className="-my-1" />
    </span>
  );
}

function Params({ values }: { values: readonly (string | null)[] }) {
  return (
    <ol className="font-mono text-sm leading-5">
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a parameter is its place
        <li key={index} className="flex gap-2">
          <span className="text-ink-faint">${index + 1}</span>
          <span className="min-w-0 whitespace-pre-wrap break-words">
            {value ?? <span className="font-sans text-ink-faint">NULL</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
