import type { ExportChoice } from '@/components/export/export-menu';
import { type ExportRequest, exportRequest } from '@/components/export/export-request';
import { type RelationPlace, type RowsView, rowsParams } from './rows-view';
import { encodePart } from './url-parts';

/** The request for all rows of a relation, under the filter and in the order of a view; `shown` are the columns shown. */
export function rowsExport(
  place: RelationPlace,
  { sort, filter }: Pick<RowsView, 'sort' | 'filter'>,
  { choice, shown }: { choice: ExportChoice; shown: readonly string[] },
): ExportRequest {
  const params = rowsParams({ sort, filter });
  params.set('relation', `${encodePart(place.schema)}.${encodePart(place.name)}`);
  if (choice.isAsShown !== true) return exportRequest(place, choice, { params });
  return exportRequest(place, choice, { params, columns: shown.map(encodePart).join(',') });
}
