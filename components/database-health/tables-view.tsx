import Link from 'next/link';
import { FactRow, FactsTable } from '@/components/relation/structure/section';
import { Badge } from '@/components/ui/badge';
import { formatBytes, formatCount } from '@/components/ui/format';
import { Time } from '@/components/ui/time';
import type { Environment, TableHealth } from '@/lib/api-types';
import { MaintenanceButton } from '../maintenance/maintenance-button';
import { type DatabasePlace, pathOfRelation } from '../shell/place';

const columns = [
  { name: 'Table', width: '24%' },
  { name: 'Size', width: '90px' },
  { name: 'Of it indexes', width: '110px' },
  { name: 'Rows', width: '110px' },
  { name: 'Dead rows', width: '130px' },
  { name: 'Vacuumed', width: '160px' },
  { name: 'Analysed', width: '160px' },
  { name: 'Do', width: '110px' },
];

/** Dead rows beside live ones at which a table is said to need a VACUUM: autovacuum's own default. */
const muchDead = 0.2;

export type TablesViewProps = {
  place: DatabasePlace;
  tables: readonly TableHealth[];
  maintained: Environment | null;
};

/** The largest tables with their dead rows. */
export function TablesView({ place, tables, maintained }: TablesViewProps) {
  if (tables.length === 0) return <p className="px-4 text-ink-soft">There is no table in this database.</p>;
  return (
    <FactsTable caption="Largest tables" columns={columns}>
      {tables.map((table) => (
        <FactRow key={`${table.schema}.${table.name}`}>
          <td>
            <Link
              href={pathOfRelation(place, table, 'structure')}
              className="font-mono text-sm underline underline-offset-2 [overflow-wrap:anywhere]"
            >
              {`${table.schema}.${table.name}`}
            </Link>
          </td>
          <td>{bytes(table.total_bytes)}</td>
          <td className="text-ink-soft">{bytes(table.index_bytes)}</td>
          <td>{formatCount(table.live_rows)}</td>
          <td>
            {formatCount(table.dead_rows)}{' '}
            {table.dead_rows > 1000 && table.dead_rows > muchDead * table.live_rows ? (
              <Badge tone="warning">vacuum it</Badge>
            ) : null}
          </td>
          <td className="text-ink-soft">
            <Moment value={table.vacuumed_at} />
          </td>
          <td className="text-ink-soft">
            <Moment value={table.analyzed_at} />
          </td>
          <td>
            {maintained === null ? null : (
              <MaintenanceButton size="small" place={place} environment={maintained} subject={table} />
            )}
          </td>
        </FactRow>
      ))}
    </FactsTable>
  );
}

function bytes(size: number | null): string {
  return size === null ? 'locked' : formatBytes(size);
}

function Moment({ value }: { value: string | null }) {
  return value === null ? 'never' : <Time value={value} />;
}
