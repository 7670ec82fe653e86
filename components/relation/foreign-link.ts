import type { CellLink } from '@/components/data-grid/grid-row';
import type { RowsPage } from '@/lib/api-types';
import type { DatabasePlace } from '../shell/place';
import { pointedAt } from './links/row-links';
import { rowsPath } from './rows-view';

/**
 * The way from a cell to the row that its foreign key names: that relation, filtered by the referenced columns. Null
 * where no key holds the column, where a part of it is NULL, or where a part arrived cut.
 */
export function foreignLink(
  place: DatabasePlace,
  page: Pick<RowsPage, 'fields' | 'rows' | 'cut' | 'foreign_keys'>,
  row: number,
  column: number,
): CellLink | null {
  const name = page.fields[column]?.name;
  const key = page.foreign_keys.find(({ columns }) => name !== undefined && columns.includes(name));
  const [link] = key === undefined ? [] : pointedAt(page, [key], row);
  if (key === undefined || link === undefined) return null;
  const { filter } = link;
  const href = rowsPath({ ...place, schema: key.schema, name: key.relation }, { filter });
  return { href, label: `Go to the row of ${key.schema}.${key.relation}` };
}
