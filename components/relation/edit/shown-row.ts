import type { RowsPage, ShownRow } from '@/lib/api-types';

type ShownPage = Pick<RowsPage, 'fields' | 'rows' | 'cut' | 'key' | 'row_words'>;

/** A row of a page as an edit gives it back: what was seen of it, and what names it. */
export function shownRow({ fields, rows, cut, row_words: words }: ShownPage, row: number): ShownRow {
  const cells = fields.map(({ name }, column) => {
    const bytes = cut.find(([at, of]) => at === row && of === column)?.[2];
    return { column: name, value: rows[row]?.[column] ?? null, ...(bytes === undefined ? {} : { bytes }) };
  });
  const word = words?.[row];
  return { cells, ...(word ? { word } : {}) };
}

/** What tells a row from all others, the same on every page that shows it; null where nothing does. */
export function rowId({ fields, rows, cut, key, row_words: words }: ShownPage, row: number): string | null {
  if (key === null) return words?.[row] ?? null;
  const places = key.map((name) => fields.findIndex((field) => field.name === name));
  const values = places.map((place) => rows[row]?.[place] ?? null);
  const isCut = cut.some(([at, column]) => at === row && places.includes(column));
  return isCut || values.includes(null) ? null : JSON.stringify(values);
}
