import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Cell, Field } from '@/lib/query-event';
import { initialWidth, narrowest, sampledRows, widest } from './column-width';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
const defaultColumn = { minSize: narrowest, maxSize: widest };

/** The table holds the columns and their widths only: rows are virtualised straight from their array. */
const noRows: Cell[][] = [];

/** Columns by index (names may repeat), their widths in pixels, and what resizes them. */
export function useColumns(fields: readonly Field[], rows: readonly Cell[][], rowCount: number) {
  const sampled = Math.min(rowCount, sampledRows);
  const columns = useMemo(
    () =>
      fields.map((field, index) => ({
        id: String(index),
        header: field.name,
        size: initialWidth(field, index, rows, sampled),
      })),
    [fields, rows, sampled],
  );
  const table = useTable({ features, columns, data: noRows, defaultColumn, columnResizeMode: 'onChange' });
  const { columnSizing } = table.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: getSize reads columnSizing
  const widths = useMemo(
    () => table.getAllLeafColumns().map((column) => column.getSize()),
    [columns, columnSizing],
  );

  return {
    widths,
    /** Starts a drag: for onMouseDown and onTouchStart of a header's edge. */
    resizeHandler: (index: number) => table.getFlatHeaders()[index]?.getResizeHandler(),
    /** Makes a column wider (or, with a negative number, narrower) by so many pixels. */
    widen: (index: number, pixels: number) => {
      const width = Math.min(widest, Math.max(narrowest, (widths[index] ?? 0) + pixels));
      table.setColumnSizing((sizes) => ({ ...sizes, [index]: width }));
    },
    /** Gives a column its first width again. */
    resetWidth: (index: number) => table.getColumn(String(index))?.resetSize(),
  };
}

export type Columns = ReturnType<typeof useColumns>;
