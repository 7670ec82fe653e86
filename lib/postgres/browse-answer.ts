import type { RowsPage } from '../api-types';
import type { Cell, Cut } from '../query-event';
import { cutsOfRow } from './browse-cells';
import { type CursorValue, encodePageCursor, offsetLimit } from './browse-cursor';
import { describeOrder } from './browse-order';
import type { PagePlan } from './browse-page';
import { encodeRow } from './browse-row';

/** The rows that a page's statement answered, and what was cut in them on the way. */
export type Answer = { rows: Cell[][]; cut: Cut[] };

type Ends = Pick<RowsPage, 'next' | 'previous' | 'at_start' | 'at_end'>;

/** A page as the API answers it, but for what the run itself says. */
export function readPage(plan: PagePlan, answer: Answer): Omit<RowsPage, 'query_id' | 'duration_ms'> {
  const { source, request, ordering, columns } = plan;
  const hasMore = answer.rows.length > request.limit;
  const shown = answer.rows.slice(0, request.limit);
  if (plan.isBackwards) shown.reverse();
  const ends = ordering.mode === 'keyset' ? keysetEnds(plan, shown, hasMore) : offsetEnds(plan, hasMore);
  const isWhole = ends.at_start && ends.at_end;
  const isFiltered = request.filters.length > 0;
  const cut = shown.flatMap((row, index) =>
    cutsOfRow(columns, row).map(([column, bytes]): Cut => [index, column, bytes]),
  );
  return {
    fields: columns.map(({ name, type, type_oid, is_sortable }) => ({ name, type, type_oid, is_sortable })),
    rows: shown.map((row) => row.slice(0, columns.length)),
    cut,
    cut_rows: cutRows(plan, shown, cut),
    ...(ordering.key === null ? { row_words: rowWords(plan, shown) } : {}),
    ...ends,
    estimated_rows: isWhole ? shown.length : isFiltered ? null : source.estimated_rows,
    key: ordering.key,
    order: describeOrder(ordering, request.sort),
    foreign_keys: source.foreign_keys,
    hidden_columns: source.columns.filter(({ is_readable }) => !is_readable).map(({ name }) => name),
  };
}

/** The rows that hold a cut cell, each with the word by which it is asked for again. */
function cutRows({ source, ordering }: PagePlan, shown: Cell[][], cut: Cut[]): RowsPage['cut_rows'] {
  if (ordering.mode !== 'keyset') return [];
  return [...new Set(cut.map(([row]) => row))].flatMap((row) => {
    const word = encodeRow(source, ordering.terms, positionTexts(shown[row]));
    return word === null ? [] : [[row, word] as const];
  });
}

/** The words by which rows are named where no column's values are a name; null for a row that has none. */
function rowWords({ source, ordering }: PagePlan, shown: Cell[][]): (string | null)[] {
  if (ordering.mode !== 'keyset') return shown.map(() => null);
  return shown.map((row) => encodeRow(source, ordering.terms, positionTexts(row)));
}

/** What positionSql() says of a row. */
function positionTexts(row: Cell[] | undefined): (string | null)[] {
  return JSON.parse(row?.at(-1) ?? '[]') as (string | null)[];
}

function keysetEnds(plan: PagePlan, shown: Cell[][], hasMore: boolean): Ends {
  const { isBackwards, from } = plan;
  const at_start = isBackwards ? !hasMore : from === null;
  const at_end = isBackwards ? from === null : !hasMore;
  const given = from === null || from.type === 'place' ? null : encodePageCursor(plan.signature, from);
  const cursor = (row: Cell[] | undefined) => (row === undefined ? given : rowCursor(plan, row));
  return {
    at_start,
    at_end,
    next: at_end ? null : cursor(shown.at(-1)),
    previous: at_start ? null : cursor(shown[0]),
  };
}

/** The place of a row; null where its key is too long for a URL. */
function rowCursor({ signature }: PagePlan, row: Cell[]): string | null {
  const texts = positionTexts(row);
  if (texts.includes('!')) return null;
  const values = texts.map((text): CursorValue => (text === null ? null : text === '~' ? 0 : text.slice(1)));
  return encodePageCursor(signature, { type: 'row', values });
}

function offsetEnds({ signature, from, isBackwards, request }: PagePlan, hasMore: boolean): Ends {
  const offset = from?.type === 'offset' ? from.offset : 0;
  const cursor = (place: number) =>
    place > offsetLimit
      ? null
      : encodePageCursor(signature, { type: 'offset', offset: place, isFromEnd: isBackwards });
  const isFirst = offset === 0;
  const further = hasMore ? cursor(offset + request.limit) : null;
  const nearer = isFirst ? null : cursor(Math.max(0, offset - request.limit));
  return isBackwards
    ? { at_start: !hasMore, at_end: isFirst, next: nearer, previous: further }
    : { at_start: isFirst, at_end: !hasMore, next: further, previous: nearer };
}
