import { FactRow, FactsTable } from '@/components/relation/structure/section';
import { Badge } from '@/components/ui/badge';
import { formatBytes } from '@/components/ui/format';
import { Time } from '@/components/ui/time';
import type { Environment, IndexHealth } from '@/lib/api-types';
import type { DatabasePlace } from '../shell/place';
import { DropIndex } from './drop-index';

const columns = [
  { name: 'Index' },
  { name: 'Table', width: '26%' },
  { name: 'Size', width: '90px' },
  { name: 'Problem', width: '150px' },
  { name: 'Do', width: '150px' },
];

export type IndexesViewProps = {
  place: DatabasePlace;
  indexes: readonly IndexHealth[];
  since: string | null;
  maintained: Environment | null;
};

/** Indexes that are not valid, or that no scan has used; the former are offered to be dropped. */
export function IndexesView({ place, indexes, since, maintained }: IndexesViewProps) {
  if (indexes.length === 0) {
    return (
      <p className="px-4 text-ink-soft">Every index is valid, and each that holds no constraint was used.</p>
    );
  }
  return (
    <>
      <p className="px-4 pb-2 text-ink-soft">
        Unused: no scan since {since === null ? 'the counters began' : <Time value={since} />}, on this
        server. A replica counts by itself, and a yearly report may still need it.
      </p>
      <FactsTable caption="Indexes that do not help" columns={columns}>
        {indexes.map(({ schema, table, name, size_bytes, problem }) => (
          <FactRow key={`${schema}.${name}`}>
            <td className="font-mono text-sm [overflow-wrap:anywhere]">{`${schema}.${name}`}</td>
            <td className="font-mono text-sm [overflow-wrap:anywhere]">{table}</td>
            <td>{size_bytes === null ? 'locked' : formatBytes(size_bytes)}</td>
            <td>
              <Badge tone={problem === 'invalid' ? 'danger' : 'neutral'}>
                {problem === 'invalid' ? 'not valid' : 'unused'}
              </Badge>
            </td>
            <td>
              {problem === 'invalid' && maintained !== null ? (
                <DropIndex place={place} schema={schema} name={name} />
              ) : null}
            </td>
          </FactRow>
        ))}
      </FactsTable>
    </>
  );
}
