import { Cloud, Columns3, Eye, ListOrdered, type LucideIcon, ScanEye, Table2 } from 'lucide-react';
import type { RelationKind } from '@/lib/api-types';

type KindWords = { one: string; many: string; icon: LucideIcon };

/** The kinds of relations in the order in which a tree shows them, in PostgreSQL's words. */
export const relationKinds: Record<RelationKind, KindWords> = {
  table: { one: 'table', many: 'Tables', icon: Table2 },
  partitioned_table: { one: 'partitioned table', many: 'Partitioned tables', icon: Columns3 },
  foreign_table: { one: 'foreign table', many: 'Foreign tables', icon: Cloud },
  view: { one: 'view', many: 'Views', icon: Eye },
  materialized_view: { one: 'materialized view', many: 'Materialized views', icon: ScanEye },
  sequence: { one: 'sequence', many: 'Sequences', icon: ListOrdered },
};

export const kindOrder = Object.keys(relationKinds) as RelationKind[];
