import type { ExportChoice } from '@/components/export/export-menu';
import { exportTimeoutMs, exportUrl } from '@/components/export/export-url';
import { type RelationPlace, type RowsView, rowsParams } from './rows-view';
import { encodePart } from './url-parts';

/** Where all rows of a relation come from, under the filter and in the order of a view. */
export function rowsExportUrl(
  place: RelationPlace,
  { sort, filter }: Pick<RowsView, 'sort' | 'filter'>,
  { format, escapeFormulas }: ExportChoice,
): string {
  const params = rowsParams({ sort, filter });
  params.set('relation', `${encodePart(place.schema)}.${encodePart(place.name)}`);
  params.set('format', format);
  params.set('timeout_ms', String(exportTimeoutMs));
  if (escapeFormulas) params.set('escape_formulas', 'true');
  return `${exportUrl(place)}?${params}`;
}
