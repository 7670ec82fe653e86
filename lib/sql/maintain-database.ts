import type { Maintenance } from './maintenance';

/** What is to be done with every table of a database. FULL, which locks, is asked for table by table. */
export type DatabaseMaintenance =
  | { action: 'vacuum'; analyze: boolean; freeze: boolean }
  | { action: 'analyze' }
  | { action: 'reindex'; concurrently: boolean };

/** What of a table decides about its step. */
export type MaintainedTable = {
  schema: string;
  name: string;
  kind: 'table' | 'materialized_view' | 'partitioned_table';
  is_partition: boolean;
  indexes: number;
};

/**
 * The step that a table needs, or null for none. A partitioned table holds nothing to vacuum, but statistics of its own that
 * nobody else gathers: analysing it analyses its partitions too.
 */
export function stepOfTable(work: DatabaseMaintenance, table: MaintainedTable): Maintenance | null {
  const { schema, name, is_partition: isPartition } = table;
  const subject = { schema, name, kind: 'relation' } as const;
  const isParent = table.kind === 'partitioned_table';
  switch (work.action) {
    case 'vacuum': {
      const { analyze, freeze } = work;
      if (isParent) return analyze && !isPartition ? { ...subject, action: 'analyze' } : null;
      const options = { full: false, parallel: null, freeze, analyze: analyze && !isPartition };
      return { ...subject, action: 'vacuum', ...options };
    }
    case 'analyze':
      return isPartition ? null : { ...subject, action: 'analyze' };
    case 'reindex':
      return isParent || table.indexes === 0 ? null : { ...subject, ...work };
    default:
      return work satisfies never;
  }
}
