import type { ExportChoice } from '@/components/export/export-menu';
import { type ExportRequest, exportRequest } from '@/components/export/export-request';
import { type RelationPlace, type RowsView, rowsParams } from './rows-view';
import { encodePart } from './url-parts';

/** The request for all rows of a relation, under the filter and in the order of a view. */
export function rowsExport(
  place: RelationPlace,
  { sort, filter }: Pick<RowsView, 'sort' | 'filter'>,
  choice: ExportChoice,
): ExportRequest {
  const params = rowsParams({ sort, filter });
  params.set('relation', `${encodePart(place.schema)}.${encodePart(place.name)}`);
  return exportRequest(place, choice, { params });
}
