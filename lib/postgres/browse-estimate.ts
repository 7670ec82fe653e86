import { z } from 'zod';
import type { RowEstimate } from '../api-types';
import { planCount } from './browse-page';
import type { RowSource } from './catalog/row-source';

type PlanNode = {
  'Node Type': string;
  'Parent Relationship'?: string;
  'Plan Rows': number;
  'Index Cond'?: string;
  Filter?: string;
  Plans?: PlanNode[];
};

const planNode: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Parent Relationship': z.string().optional(),
    'Plan Rows': z.number(),
    'Index Cond': z.string().optional(),
    Filter: z.string().optional(),
    Plans: z.array(planNode).optional(),
  }),
);

const explained = z.tuple([z.object({ Plan: planNode })]);

/** Kinds whose rows are all read where no index serves: others are made of who knows how many relations. */
const stored: RowSource['kind'][] = ['table', 'partitioned_table', 'materialized_view'];

/** The statement that plans, and does not run, what reads the rows under the filters. Throws AppError `invalid`. */
export function planEstimate(
  source: RowSource,
  filters: string[],
): { sql: string; params: (string | null)[] } {
  const { sql, params } = planCount(source, filters);
  return { sql: `explain (format json) ${sql}`, params };
}

/** What a plan says that was made with whole reads of tables out of favour: one is there only where no index will do. */
export function readEstimate(
  source: RowSource,
  { json, isCut }: { json: string; isCut: boolean },
): Omit<RowEstimate, 'query_id' | 'duration_ms'> {
  const relation = { relation_rows: source.estimated_rows };
  if (isCut) return { ...relation, estimated_rows: rowsOfStart(json), is_indexed: null };
  const [{ Plan: plan }] = explained.parse(JSON.parse(json));
  // The count stands on top of the rows.
  const [rows] = plan.Plans ?? [];
  const scans = leavesOf(rows ?? plan).filter((node) => node['Node Type'].includes('Scan'));
  const isKnown = stored.includes(source.kind) || scans.length === 1;
  return {
    ...relation,
    estimated_rows: rows?.['Plan Rows'] ?? 0,
    is_indexed: isKnown ? scans.every(isServed) : null,
  };
}

/** The plan of very many partitions is longer than a cell. */
function rowsOfStart(json: string): number {
  const [, rows] = json.matchAll(/"Plan Rows": (\d+)/g);
  return Number(rows?.[1] ?? 0);
}

/** What reads rows; a policy's own question is not among it. */
function leavesOf({ Plans, ...node }: PlanNode): PlanNode[] {
  const plans = Plans?.filter((plan) => !/^(?:InitPlan|SubPlan)$/.test(plan['Parent Relationship'] ?? ''));
  return plans === undefined || plans.length === 0 ? [node] : plans.flatMap(leavesOf);
}

/** A partial index may hold just the rows that are wanted: then nothing is left to be asked of it. */
function isServed(node: PlanNode): boolean {
  if (node['Index Cond'] !== undefined) return true;
  return node['Node Type'].includes('Index') && node.Filter === undefined;
}
