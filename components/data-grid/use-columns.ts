import {
  type ColumnSizingState,
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import type { Cell, Field } from '@/lib/query-event';
import type { Arrangement } from './arrangement';
import { initialWidth, narrowest, sampledRows, widest } from './column-width';

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});
const defaultColumn = { minSize: narrowest, maxSize: widest };

/** The table holds the columns only: rows are virtualised straight from their array. */
const noRows: Cell[][] = [];

export type ColumnsOptions = {
  fields: readonly Field[];
  rows: readonly Cell[][];
  rowCount: number;
  arrangement: Arrangement;
  /** When it changes, columns may take other first widths; else they stay, whatever rows come and go. */
  startKey: string | undefined;
  /** Told of a width that somebody has chosen; null for the first one again. */
  onWidth: ((field: number, width: number | null) => void) | undefined;
};

/** The widths of the columns that are shown, in pixels, and what changes them. Fields are named by index: names may repeat. */
export function useColumns({ fields, rows, rowCount, arrangement, startKey, onWidth }: ColumnsOptions) {
  const [chosen, setChosen] = useState<ColumnSizingState>({});
  const sampled = Math.min(rowCount, sampledRows);
  const shape = fields.map(({ name, type_oid }) => `${type_oid} ${name}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that come to stand first later change no width
  const columns = useMemo(
    () =>
      fields.map((field, index) => ({
        id: String(index),
        header: field.name,
        size: initialWidth(field, index, rows, sampled),
      })),
    [shape, sampled, startKey],
  );
  const { places } = arrangement;
  const state = useMemo(
    () => asTableState(fields.length, arrangement, chosen),
    [fields.length, arrangement, chosen],
  );
  const table = useTable({ features, columns, data: noRows, defaultColumn, state });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table reads both
  const widths = useMemo(
    () => table.getVisibleLeafColumns().map((column) => column.getSize()),
    [columns, state],
  );
  // The same object as long as no width changes: the header is not drawn anew with each row that scrolls by.
  return useMemo(() => {
    const widthOf = (field: number) => widths[places.indexOf(field)] ?? narrowest;
    const drag = (field: number, width: number | null) =>
      setChosen(({ [field]: _, ...others }) => (width === null ? others : { ...others, [field]: width }));
    // Whoever keeps widths gives them back with the arrangement.
    const settle = (field: number, width: number | null) => {
      drag(field, onWidth === undefined ? width : null);
      onWidth?.(field, width);
    };
    return {
      widths,
      /** Makes a column so wide, within bounds, until `keep` says that it is meant to last. */
      resize: (field: number, pixels: number) => drag(field, within(pixels)),
      keep: (field: number) => settle(field, widthOf(field)),
      /** Makes a column wider (or, with a negative number, narrower) by so many pixels. */
      widen: (field: number, pixels: number) => settle(field, within(widthOf(field) + pixels)),
      /** Gives a column its first width again. */
      resetWidth: (field: number) => settle(field, null),
    };
  }, [widths, places, onWidth]);
}

/** What is shown, in which order, what stays in sight and how wide, as the table has it. */
function asTableState(count: number, { places, pinned, widths }: Arrangement, chosen: ColumnSizingState) {
  const order = places.map(String);
  const shown = new Set(order);
  const all = Array.from({ length: count }, (_, field) => String(field));
  return {
    columnOrder: order,
    columnPinning: { start: order.slice(0, pinned), end: [] },
    columnSizing: { ...Object.fromEntries(widths), ...chosen },
    columnVisibility: Object.fromEntries(all.map((id) => [id, shown.has(id)])),
  };
}

function within(pixels: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, pixels)));
}

export type Columns = ReturnType<typeof useColumns>;
