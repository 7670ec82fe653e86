import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect } from 'react';
import { countFitting } from './arrangement';
import type { Position } from './grid-selection';

export const rowHeight = 28;
export const headerHeight = 44;

/** Up to this many columns all are in the page; beyond, only those near the viewport. */
const virtualFrom = 50;

/** Which rows and columns are near the viewport, and how to bring a cell into it. */
export function useViewport(
  scroller: RefObject<HTMLDivElement | null>,
  rowCount: number,
  { widths, gutter, ...wanted }: { widths: readonly number[]; pinned: number; gutter: number },
) {
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    paddingStart: headerHeight,
    scrollPaddingStart: headerHeight,
    overscan: 12,
  });
  const room = (rows.scrollRect?.width ?? 0) - gutter;
  const pinned = countFitting(widths, wanted.pinned, room);
  const pinnedWidth = widths.slice(0, pinned).reduce((sum, width) => sum + width, 0);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const near = defaultRangeExtractor(range).filter((place) => place >= pinned);
      return [...Array.from({ length: Math.min(pinned, range.count) }, (_, place) => place), ...near];
    },
    [pinned],
  );
  const columns = useVirtualizer({
    horizontal: true,
    count: widths.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 0,
    paddingStart: gutter,
    scrollPaddingStart: gutter + pinnedWidth,
    rangeExtractor,
    overscan: widths.length > virtualFrom ? 4 : widths.length,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when a width changes
  useLayoutEffect(() => columns.measure(), [columns, widths]);

  return {
    rows: rows.getVirtualItems(),
    columns: columns.getVirtualItems(),
    /** So many of the first columns stay in sight. */
    pinned,
    width: columns.getTotalSize(),
    height: rows.getTotalSize(),
    /** Whole rows that fit below the header. */
    page: () => Math.max(1, Math.floor(((rows.scrollRect?.height ?? 0) - headerHeight) / rowHeight) - 1),
    reveal: ({ row, column }: Position) => {
      rows.scrollToIndex(row);
      if (column >= pinned) columns.scrollToIndex(column);
    },
  };
}

export type Viewport = ReturnType<typeof useViewport>;
