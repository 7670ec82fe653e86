import Link from 'next/link';
import { formatBytes, formatCount } from '@/components/ui/format';
import type { RelationSummary } from '@/lib/api-types';
import { relationKinds } from '../object-tree/kinds';
import { type DatabasePlace, pathOfRelation } from '../shell/place';
import { ObjectName, ObjectRow, ObjectTable } from './object-table';

export type RelationListProps = { place: DatabasePlace; items: readonly RelationSummary[]; caption: string };

const columns = [
  { name: 'Name' },
  { name: 'Kind', width: '130px', isWide: true },
  { name: 'Estimated rows', width: '112px', isNumber: true },
  { name: 'Size', width: '90px', isNumber: true },
  { name: 'Comment', width: '24%', isWide: true },
];

/** Tables or views; each line leads to its rows. Rows and sizes are the planner's estimates. */
export function RelationList({ place, items, caption }: RelationListProps) {
  return (
    <ObjectTable caption={caption} columns={columns}>
      {items.map((item) => (
        <RelationRow key={JSON.stringify([item.schema, item.name])} place={place} item={item} />
      ))}
    </ObjectTable>
  );
}

function RelationRow({ place, item }: { place: DatabasePlace; item: RelationSummary }) {
  const { icon: Icon, one } = relationKinds[item.kind];
  return (
    <ObjectRow>
      <td>
        <Link
          href={pathOfRelation(place, item)}
          prefetch={false}
          className="flex items-start gap-2 outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
        >
          <Icon aria-hidden className="mt-[3px] size-3.5 shrink-0 text-ink-faint" />
          <ObjectName schema={item.schema} name={item.name} />
        </Link>
      </td>
      <td className="text-ink-soft max-md:hidden">{item.is_partition ? 'partition' : one}</td>
      <td className="text-right">
        {item.estimated_rows === null ? <None /> : formatCount(item.estimated_rows)}
      </td>
      <td className="text-right text-ink-soft">
        {item.size_bytes === null ? <None /> : formatBytes(item.size_bytes)}
      </td>
      <td className="truncate text-ink-soft max-md:hidden" title={item.comment}>
        {item.comment}
      </td>
    </ObjectRow>
  );
}

function None() {
  return (
    <span className="text-ink-faint" title="Not known before the next ANALYZE">
      –
    </span>
  );
}
