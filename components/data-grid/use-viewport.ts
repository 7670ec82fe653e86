import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect } from 'react';
import type { Position } from './grid-selection';

export const rowHeight = 28;
export const headerHeight = 44;

/** Up to this many columns all are in the page; beyond, only those near the viewport. */
const virtualFrom = 50;

/** Which rows and columns are near the viewport, and how to bring a cell into it. */
export function useViewport(
  scroller: RefObject<HTMLDivElement | null>,
  rowCount: number,
  widths: readonly number[],
  gutter: number,
) {
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    paddingStart: headerHeight,
    scrollPaddingStart: headerHeight,
    overscan: 12,
  });
  const columns = useVirtualizer({
    horizontal: true,
    count: widths.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 0,
    paddingStart: gutter,
    scrollPaddingStart: gutter,
    overscan: widths.length > virtualFrom ? 4 : widths.length,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when a width changes
  useLayoutEffect(() => columns.measure(), [columns, widths]);

  return {
    rows: rows.getVirtualItems(),
    columns: columns.getVirtualItems(),
    width: columns.getTotalSize(),
    height: rows.getTotalSize(),
    /** Whole rows that fit below the header. */
    page: () => Math.max(1, Math.floor(((rows.scrollRect?.height ?? 0) - headerHeight) / rowHeight) - 1),
    reveal: ({ row, column }: Position) => {
      rows.scrollToIndex(row);
      columns.scrollToIndex(column);
    },
  };
}

export type Viewport = ReturnType<typeof useViewport>;
