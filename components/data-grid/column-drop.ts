/** Where a header would go when it is let go: its place then, and the edge there, in pixels from the header row's left. */
export type Drop = { place: number; left: number };

/** Near an edge of the grid the columns scroll by so many pixels a frame. */
const nearPixels = 40;
const stepPixels = 14;

/**
 * Where a header would go from its place when it is let go at `x`, among the headers of its group that are in the page; null
 * where it stands.
 */
export function dropAt(
  row: HTMLElement,
  x: number,
  { from, pinned }: { from: number; pinned: number },
): Drop | null {
  const isPinned = from < pinned;
  const cells = cellsOf(row).filter(({ place }) => place < pinned === isPinned);
  const first = cells[0];
  if (first === undefined) return null;
  let gap = first.place;
  let edge = first.left;
  for (const { place, left, right } of cells) {
    if (x < (left + right) / 2) break;
    gap = place + 1;
    edge = right;
  }
  const place = gap > from ? gap - 1 : gap;
  return place === from ? null : { place, left: edge - row.getBoundingClientRect().left };
}

/** Scrolls the grid of a header row when `x` is near its edge; true when it did. */
export function scrollBeside(row: HTMLElement, x: number): boolean {
  const grid = row.closest<HTMLElement>('[role=grid]');
  if (grid === null) return false;
  const { left, right } = grid.getBoundingClientRect();
  const before = grid.scrollLeft;
  if (x > right - nearPixels) grid.scrollLeft += stepPixels;
  else if (x < left + nearPixels) grid.scrollLeft -= stepPixels;
  return grid.scrollLeft !== before;
}

/** The headers that are in the page, by their places. */
function cellsOf(row: HTMLElement): { place: number; left: number; right: number }[] {
  return [...row.querySelectorAll<HTMLElement>('[data-place]')]
    .map((cell) => {
      const { left, right } = cell.getBoundingClientRect();
      return { place: Number(cell.dataset.place), left, right };
    })
    .sort((one, other) => one.place - other.place);
}
