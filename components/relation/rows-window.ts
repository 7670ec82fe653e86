import type { RowsPage } from '@/lib/api-types';

/** Rows that are held at once: beyond, those at the other end are let go. */
export const mostRows = 20_000;

/** One page of the window, and the query that answered it, by which it is read again. */
export type WindowPage = { page: RowsPage; query: string };

/** Pages that follow each other; `before` counts the rows that came to stand before the first one, or went from there. */
export type RowsWindow = { pages: readonly WindowPage[]; before: number };

export type Edge = 'start' | 'end';

/** The window with one more page at an edge; what no longer fits goes from the other one, by whole pages. */
export function extend({ pages, before }: RowsWindow, more: WindowPage, edge: Edge): RowsWindow {
  const all = edge === 'end' ? [...pages, more] : [more, ...pages];
  const added = edge === 'start' ? more.page.rows.length : 0;
  let rows = all.reduce((sum, { page }) => sum + page.rows.length, 0);
  let gone = 0;
  while (rows > mostRows && all.length > 1) {
    const lost = (edge === 'end' ? all.shift() : all.pop())?.page.rows.length ?? 0;
    rows -= lost;
    if (edge === 'end') gone += lost;
  }
  return { pages: all, before: before + added - gone };
}

/** Whether a page has the columns of the window: the table may have been altered meanwhile. */
export function hasSameColumns({ pages }: RowsWindow, { page }: WindowPage): boolean {
  const [first] = pages;
  if (first === undefined) return true;
  const { fields } = first.page;
  return (
    fields.length === page.fields.length &&
    fields.every(({ name, type_oid }, index) => {
      const other = page.fields[index];
      return other?.name === name && other.type_oid === type_oid;
    })
  );
}

/** The pages of a window as one; its run is that of the page that came last. Null without any. */
export function joinPages(pages: readonly WindowPage[]): RowsPage | null {
  const [first] = pages;
  const last = pages.at(-1);
  if (first === undefined || last === undefined) return null;
  if (pages.length === 1) return first.page;
  let from = 0;
  const placed = pages.map(({ page }) => {
    const start = from;
    from += page.rows.length;
    return { page, start };
  });
  const words = placed.flatMap(({ page }) => page.row_words ?? []);
  const { at_start, previous, place } = first.page;
  const { at_end, next, query_id, duration_ms } = last.page;
  return {
    ...first.page,
    rows: placed.flatMap(({ page }) => page.rows),
    cut: placed
      .flatMap(({ page, start }) =>
        page.cut.map(([row, column, bytes]) => [row + start, column, bytes] as const),
      )
      .map(([row, column, bytes]) => [row, column, bytes]),
    cut_rows: placed.flatMap(({ page, start }) =>
      page.cut_rows.map(([row, word]) => [row + start, word] as const),
    ),
    ...(first.page.row_words === undefined ? {} : { row_words: words }),
    ...{ at_start, previous, at_end, next, query_id, duration_ms },
    ...(place === undefined ? {} : { place }),
  };
}
