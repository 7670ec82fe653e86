import { useMemo, useState } from 'react';
import type { Cell, Field } from '@/lib/query-event';
import type { Arrangement } from './arrangement';
import { initialWidth, narrowest, sampledRows, widest } from './column-width';

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
  const [chosen, setChosen] = useState<ReadonlyMap<number, number>>(new Map());
  const sampled = Math.min(rowCount, sampledRows);
  const shape = fields.map(({ name, type_oid }) => `${type_oid} ${name}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that come to stand first later change no width
  const first = useMemo(
    () => fields.map((field, index) => initialWidth(field, index, rows, sampled)),
    [shape, sampled, startKey],
  );
  const { places, widths: kept } = arrangement;
  const widths = useMemo(
    () => places.map((field) => chosen.get(field) ?? kept.get(field) ?? first[field] ?? narrowest),
    [places, chosen, kept, first],
  );
  // The same object as long as no width changes: the header is not drawn anew with each row that scrolls by.
  return useMemo(() => {
    const widthOf = (field: number) => widths[places.indexOf(field)] ?? narrowest;
    const drag = (field: number, width: number | null) =>
      setChosen((before) => {
        const after = new Map(before);
        if (width === null) after.delete(field);
        else after.set(field, width);
        return after;
      });
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

function within(pixels: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, pixels)));
}

export type Columns = ReturnType<typeof useColumns>;
