import type { Cascade } from '../edit-types';
import type { Cell } from '../query-event';
import { quoteIdentifier } from '../sql/literal';
import type { ReferenceStep } from './catalog/cascades';
import { qualifiedName } from './catalog/relation-ddl';
import type { RowSource } from './catalog/row-source';

/** Rows that are counted of one relation; beyond it is said that there are more. */
const mostCounted = 10_000;

/**
 * The statement that counts what refers to the rows that meet one of `conditions` (over `s`), one column a path that can
 * be read; null where there is none to count.
 */
export function countCascades(
  source: RowSource,
  conditions: string[],
  paths: ReferenceStep[][],
): string | null {
  const counts = paths.filter(isReadable).map((path) => countPath(source, conditions, path));
  return counts.length === 0 || conditions.length === 0 ? null : `select ${counts.join(',\n  ')}`;
}

/** The paths with what the statement has counted. */
export function readCascades(paths: ReferenceStep[][], counts: Cell[]): Cascade[] {
  const left = [...counts];
  return paths.flatMap((path): Cascade[] => {
    const last = path.at(-1);
    if (last === undefined) return [];
    const count = isReadable(path) ? Number(left.shift() ?? 0) : null;
    if (count === 0) return [];
    const { schema, relation, constraint, action } = last;
    const through = path.slice(0, -1).map((step) => ({ schema: step.schema, relation: step.relation }));
    const rows = count === null ? null : Math.min(count, mostCounted);
    return [{ schema, relation, constraint, action, through, rows, is_more: (count ?? 0) > mostCounted }];
  });
}

function isReadable(path: ReferenceStep[]): boolean {
  return path.every(({ is_readable }) => is_readable);
}

function countPath(source: RowSource, conditions: string[], path: ReferenceStep[]): string {
  const joins = path.map((step, index) => {
    const above = index === 0 ? 's' : `c${index}`;
    const on = step.columns.map((column, place) => {
      const foreign = `${above}.${quoteIdentifier(step.foreign_columns[place] ?? '')}`;
      return `${foreign} ${step.operators[place]} c${index + 1}.${quoteIdentifier(column)}`;
    });
    return ` join ${qualifiedName(step.schema, step.relation)} c${index + 1} on ${on.join(' and ')}`;
  });
  const rows = `${qualifiedName(source.schema, source.name)} s${joins.join('')}`;
  const where = conditions.map((condition) => `(${condition})`).join(' or ');
  return `(select pg_catalog.count(*) from (select from ${rows} where ${where} limit ${mostCounted + 1}) r)`;
}
