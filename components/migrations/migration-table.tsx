import { Badge, type Tone } from '@/components/ui/badge';
import type { MigrationItem, MigrationStatus } from '@/lib/api-types';
import { AppliedAt } from './applied-at';

const words: Record<MigrationStatus, { word: string; tone: Tone }> = {
  applied: { word: 'Applied', tone: 'success' },
  pending: { word: 'Pending', tone: 'warning' },
  unknown: { word: 'Unknown', tone: 'neutral' },
  failed: { word: 'Failed', tone: 'danger' },
};

export type MigrationTableProps = {
  caption: string;
  items: readonly MigrationItem[];
  current: readonly string[];
};

/** Migrations in the order in which they come: status, what, when. On a phone the time stands below. */
export function MigrationTable({ caption, items, current }: MigrationTableProps) {
  return (
    <table className="w-full table-fixed border-collapse max-md:block">
      <caption className="sr-only">{caption}</caption>
      <colgroup>
        <col className="w-[92px]" />
        <col />
        <col className="w-[190px]" />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Migration</th>
          <th scope="col">Applied</th>
        </tr>
      </thead>
      <tbody className="max-md:block [&>tr>td]:px-3 [&>tr>td]:py-1 [&>tr]:border-line [&>tr]:border-t [&>tr]:align-top max-md:[&>tr]:grid max-md:[&>tr]:grid-cols-[92px_minmax(0,1fr)]">
        {items.map((item, at) => (
          <MigrationRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a migration may be recorded twice; rows never move
            key={`${item.id} ${at}`}
            item={item}
            isCurrent={current.includes(item.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

function MigrationRow({ item, isCurrent }: { item: MigrationItem; isCurrent: boolean }) {
  const { word, tone } = words[item.status];
  const label = item.app !== undefined || item.name === item.id ? item.name : item.id;
  return (
    <tr>
      <td>
        <Badge tone={tone}>{word}</Badge>
      </td>
      <td className="break-words">
        <span className="font-mono text-sm">{label}</span>
        {label === item.id && item.name !== item.id ? (
          <span className="ml-3 text-ink-soft">{item.name}</span>
        ) : null}
        {isCurrent ? (
          <Badge tone="accent" className="ml-2">
            current
          </Badge>
        ) : null}
      </td>
      <td className="text-ink-soft max-md:col-start-2 md:text-right">
        <AppliedAt stored={item.applied_at} />
      </td>
    </tr>
  );
}
