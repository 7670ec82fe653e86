import type { RelationKind, RowsPage } from '@/lib/api-types';
import type { RowsView } from './rows-view';

/**
 * Which fraction of all rows comes before a page, from how it was asked for and where the one before it stood; null where
 * nothing tells.
 */
export function fractionOf(
  view: Pick<RowsView, 'after' | 'before' | 'at'>,
  page: Pick<RowsPage, 'rows' | 'at_start' | 'at_end' | 'estimated_rows'>,
  before: number | null,
): number | null {
  if (page.at_start) return 0;
  if (page.at_end) return 1;
  if (view.at !== undefined) return Math.min(1, Math.max(0, Number(view.at)));
  if (before === null || !page.estimated_rows) return null;
  const step = page.rows.length / page.estimated_rows;
  return Math.min(1, Math.max(0, before + (view.before === undefined ? step : -step)));
}

/** Whether there are places between the ends to jump to. */
export function canJump(page: RowsPage, kind: RelationKind): boolean {
  if ((page.at_start && page.at_end) || kind === 'view' || kind === 'foreign_table') return false;
  return page.key !== null || kind !== 'partitioned_table' || page.order.length > 0;
}
