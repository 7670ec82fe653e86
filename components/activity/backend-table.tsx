import { clsx } from 'clsx';
import Link from 'next/link';
import { FactRow, FactsTable } from '@/components/relation/structure/section';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatDuration } from '@/components/ui/format';
import type { Backend } from '@/lib/api-types';
import type { TreeRow } from './backend-tree';
import type { Ending } from './signal-dialog';

const columns = [
  { name: 'pid', width: '110px' },
  { name: 'State', width: '160px' },
  { name: 'Age', width: '90px' },
  { name: 'Query' },
  { name: 'Role, database', width: '18%' },
  { name: 'From', width: '16%' },
  { name: 'Do', width: '150px' },
];

export type BackendTableProps = {
  rows: readonly TreeRow[];
  /** The server's clock when it was asked. */
  at: string;
  onEnd: (backend: Backend, action: Ending['action']) => void;
};

/** Backends, those that wait under those that they wait for. */
export function BackendTable({ rows, at, onEnd }: BackendTableProps) {
  return (
    <FactsTable caption="Backends" columns={columns}>
      {rows.map(({ backend, depth, blocks }) => (
        <FactRow key={`${backend.pid} ${backend.started_at}`}>
          <td>
            <span className="font-mono text-sm" style={{ paddingLeft: depth * 14 }}>
              {depth > 0 ? <span aria-hidden>└ </span> : null}
              {backend.pid}
            </span>
          </td>
          <td>
            <State backend={backend} blocks={blocks} />
          </td>
          <td className="whitespace-nowrap text-ink-soft">{ageOf(backend, at)}</td>
          <td>
            <Query backend={backend} />
          </td>
          <td className="font-mono text-sm [overflow-wrap:anywhere]">
            {[backend.user, backend.database].filter(Boolean).join(' · ')}
          </td>
          <td className="text-ink-soft text-sm [overflow-wrap:anywhere]">
            <Origin backend={backend} />
          </td>
          <td>
            <Ends backend={backend} onEnd={onEnd} />
          </td>
        </FactRow>
      ))}
    </FactsTable>
  );
}

const tones: Record<string, Tone> = {
  active: 'accent',
  'idle in transaction': 'warning',
  'idle in transaction (aborted)': 'warning',
};

function State({ backend, blocks }: { backend: Backend; blocks: number }) {
  const { state, type, wait, blocked_by, is_hidden } = backend;
  const word = is_hidden ? 'hidden' : (state ?? type ?? 'unknown');
  return (
    <span className="flex flex-col items-start gap-0.5">
      <Badge tone={tones[word] ?? 'neutral'}>{word}</Badge>
      {blocks > 0 ? <Badge tone="danger">{`blocks ${blocks}`}</Badge> : null}
      {blocked_by.length > 0 ? (
        <span className="text-danger text-sm">{`waits for ${blocked_by.join(', ')}`}</span>
      ) : null}
      {wait === null ? null : <span className="text-ink-faint text-sm">{wait}</span>}
    </span>
  );
}

function ageOf({ state, transaction_at, query_at }: Backend, at: string): string {
  const since = state === 'active' ? query_at : (transaction_at ?? query_at);
  if (since === null) return '–';
  return formatDuration(Math.max(0, Date.parse(at) - Date.parse(since)));
}

function Query({ backend: { query, is_hidden } }: { backend: Backend }) {
  if (is_hidden) return <span className="text-ink-faint">hidden from this level</span>;
  if (!query) return null;
  const isLong = query.length > 200 || query.includes('\n');
  const style = 'whitespace-pre-wrap font-mono text-sm leading-5 [overflow-wrap:anywhere]';
  if (!isLong) return <code className={style}>{query}</code>;
  return (
    <details>
      <summary className={clsx(style, 'line-clamp-2 cursor-pointer')}>{query.slice(0, 200)}…</summary>
      <code className={style}>{query}</code>
    </details>
  );
}

function Origin({ backend: { application, client, work } }: { backend: Backend }) {
  return (
    <>
      {work === null ? (
        application
      ) : (
        <Link
          href={work.kind === 'run' ? `/history/${work.id}` : `/jobs/${work.id}`}
          className="text-accent underline underline-offset-2"
        >
          {work.kind === 'run' ? `run of ${work.user}` : `${work.job} job of ${work.user}`}
        </Link>
      )}
      {client === null ? null : ` from ${client}`}
    </>
  );
}

function Ends({ backend, onEnd }: { backend: Backend; onEnd: BackendTableProps['onEnd'] }) {
  const { pid, no_cancel, no_terminate } = backend;
  if (no_cancel !== null && no_terminate !== null) {
    return <span className="text-ink-faint text-sm">{no_cancel}</span>;
  }
  return (
    <span className="flex flex-wrap gap-1">
      {no_cancel === null ? (
        <Button size="small" aria-label={`Cancel ${pid}`} onClick={() => onEnd(backend, 'cancel')}>
          Cancel
        </Button>
      ) : null}
      {no_terminate === null ? (
        <Button
          size="small"
          variant="danger"
          aria-label={`Terminate ${pid}`}
          onClick={() => onEnd(backend, 'terminate')}
        >
          Terminate
        </Button>
      ) : null}
    </span>
  );
}
