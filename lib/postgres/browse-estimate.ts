import { z } from 'zod';
import type { RowEstimate } from '../api-types';
import { isNode, nodesOf, parseSql } from '../parser';
import { planCount } from './browse-page';
import type { LeadingColumns } from './catalog/leading-columns';
import type { RowSource } from './catalog/row-source';

type PlanNode = {
  'Node Type': string;
  'Parent Relationship'?: string;
  'Plan Rows': number;
  'Index Name'?: string;
  'Index Cond'?: string;
  Filter?: string;
  Plans?: PlanNode[];
};

const planNode: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Parent Relationship': z.string().optional(),
    'Plan Rows': z.number(),
    'Index Name': z.string().optional(),
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

/** The plan of a filter, as PostgreSQL explained it; null where that is longer than a cell. */
export type FilterPlan = { text: string; root: PlanNode | null };

/** Reads what EXPLAIN has answered: a plan of very many partitions is cut. */
export function readPlan({ json, isCut }: { json: string; isCut: boolean }): FilterPlan {
  return { text: json, root: isCut ? null : explained.parse(JSON.parse(json))[0].Plan };
}

/** The names of the indexes that a plan has conditions on. */
export function indexesOf({ root }: FilterPlan): string[] {
  if (root === null) return [];
  return leavesOf(root).flatMap((node) =>
    node['Index Cond'] === undefined ? [] : (node['Index Name'] ?? []),
  );
}

/** What a plan says that was made with whole reads of tables out of favour: one is there only where no index will do. */
export function readEstimate(
  source: RowSource,
  { text, root }: FilterPlan,
  leading: LeadingColumns,
): Omit<RowEstimate, 'query_id' | 'duration_ms'> {
  const relation = { relation_rows: source.estimated_rows };
  if (root === null) return { ...relation, estimated_rows: rowsOfStart(text), is_indexed: null };
  // The count stands on top of the rows.
  const [rows] = root.Plans ?? [];
  const scans = leavesOf(rows ?? root).filter((node) => node['Node Type'].includes('Scan'));
  const isKnown = stored.includes(source.kind) || scans.length === 1;
  const served = scans.map((node) => isServed(node, leading));
  const isIndexed = served.includes(false) ? false : served.includes(null) ? null : true;
  return {
    ...relation,
    estimated_rows: rows?.['Plan Rows'] ?? 0,
    is_indexed: isKnown ? isIndexed : null,
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

/**
 * Whether an index leads to the rows; null where that is not known. Of a B-tree all is read where nothing is said of its
 * first column, unless it skips. A partial index may hold just the rows that are wanted: then nothing is left to be asked of it.
 */
function isServed(node: PlanNode, { byIndex, canSkip }: LeadingColumns): boolean | null {
  const condition = node['Index Cond'];
  if (condition === undefined) return node['Node Type'].includes('Index') && node.Filter === undefined;
  const first = byIndex.get(node['Index Name'] ?? '');
  const named = columnsOf(condition);
  if (first === undefined || named === null || first.some((column) => named.has(column))) return true;
  return canSkip ? null : false;
}

/** The columns that a condition names, as a plan has it; null where it can't be read. */
function columnsOf(condition: string): Set<string> | null {
  const parsed = parseSql(`select where ${condition}`);
  if (!('statements' in parsed)) return null;
  const names = [...nodesOf(parsed.statements)].flatMap(({ kind, node }) => {
    if (kind !== 'ColumnRef' || !Array.isArray(node.fields)) return [];
    const last: unknown = node.fields.at(-1);
    const name = isNode(last) && isNode(last.String) ? last.String.sval : undefined;
    return typeof name === 'string' ? [name] : [];
  });
  return new Set(names);
}
