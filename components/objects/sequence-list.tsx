import Link from 'next/link';
import type { SequenceSummary } from '@/lib/api-types';
import { type DatabasePlace, pathOfRelation } from '../shell/place';
import { ObjectName, ObjectRow, ObjectTable } from './object-table';
import { usedOf } from './sequence-use';

export type SequenceListProps = { place: DatabasePlace; items: readonly SequenceSummary[] };

const columns = [
  { name: 'Sequence', width: '36%' },
  { name: 'Type', width: '80px', isWide: true },
  { name: 'Last value', width: '120px', isNumber: true },
  { name: 'Step', width: '56px', isNumber: true, isWide: true },
  { name: 'Used', width: '72px', isNumber: true, isWide: true },
  { name: 'Owned by' },
];

/** Sequences: where each stands, how much of its range is used, and the column that it fills. */
export function SequenceList({ place, items }: SequenceListProps) {
  return (
    <ObjectTable caption="Sequences" columns={columns}>
      {items.map((item) => (
        <ObjectRow key={JSON.stringify([item.schema, item.name])}>
          <td>
            <Link
              href={pathOfRelation(place, item, 'structure')}
              prefetch={false}
              className="underline-offset-2 hover:underline"
            >
              <ObjectName schema={item.schema} name={item.name} />
            </Link>
            {item.comment ? <p className="text-ink-soft text-sm">{item.comment}</p> : null}
          </td>
          <td className="font-mono text-ink-soft text-sm max-md:hidden">{item.type}</td>
          <td className="text-right font-mono text-sm">
            {item.last_value ?? (
              <span
                className="font-sans text-ink-faint"
                title="Before its first use, or not granted to your level"
              >
                –
              </span>
            )}
          </td>
          <td className="text-right font-mono text-ink-soft text-sm max-md:hidden">{item.increment}</td>
          <td
            title={`${item.minimum} … ${item.maximum}${item.cycles ? ', cycles' : ''}`}
            className="text-right text-ink-soft max-md:hidden"
          >
            {usedOf(item)}
          </td>
          <td>
            <Owner place={place} owner={item.owned_by} />
          </td>
        </ObjectRow>
      ))}
    </ObjectTable>
  );
}

type OwnerProps = { place: DatabasePlace; owner: SequenceSummary['owned_by'] };

function Owner({ place, owner }: OwnerProps) {
  if (!owner) return <span className="text-ink-faint">nothing</span>;
  return (
    <Link
      href={pathOfRelation(place, { schema: owner.schema, name: owner.relation }, 'structure')}
      prefetch={false}
      className="font-mono text-accent text-sm underline-offset-2 [overflow-wrap:anywhere] hover:underline"
    >
      {owner.schema}.{owner.relation}.{owner.column}
    </Link>
  );
}
