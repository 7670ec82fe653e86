import type { CellLink } from '@/components/data-grid/grid-row';
import type { RowsPage } from '@/lib/api-types';
import type { DatabasePlace } from '../shell/place';
import type { Condition } from './conditions';
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
  if (!key) return null;
  const filter = key.columns.flatMap((own, index): Condition[] => {
    const at = page.fields.findIndex((field) => field.name === own);
    const value = page.rows[row]?.[at] ?? null;
    const foreign = key.foreign_columns[index];
    const isCut = page.cut.some(([cutRow, cutColumn]) => cutRow === row && cutColumn === at);
    return value === null || foreign === undefined || isCut
      ? []
      : [{ column: foreign, operator: 'eq', value }];
  });
  if (filter.length < key.columns.length) return null;
  const href = rowsPath({ ...place, schema: key.schema, name: key.relation }, { filter });
  return { href, label: `Go to the row of ${key.schema}.${key.relation}` };
}
