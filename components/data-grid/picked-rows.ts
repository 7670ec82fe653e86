/** Rows that follow each other, first and last, from 0. */
export type RowRange = readonly [first: number, last: number];

/** Whole rows that are selected: ranges in ascending order that neither meet nor touch. */
export type PickedRows = readonly RowRange[];

/** Whether a row is among them. */
export function isPicked(picked: PickedRows, row: number): boolean {
  return picked.some(([first, last]) => row >= first && row <= last);
}

/** With the rows from one to another, in either direction. */
export function pickRange(picked: PickedRows, one: number, other: number): PickedRows {
  let first = Math.min(one, other);
  let last = Math.max(one, other);
  const apart = picked.filter((range) => {
    const isApart = range[1] < first - 1 || range[0] > last + 1;
    if (!isApart) {
      first = Math.min(first, range[0]);
      last = Math.max(last, range[1]);
    }
    return isApart;
  });
  return [...apart, [first, last] as const].sort((range, next) => range[0] - next[0]);
}

/** Without a row that is among them, or else with it. */
export function toggleRow(picked: PickedRows, row: number): PickedRows {
  if (!isPicked(picked, row)) return pickRange(picked, row, row);
  return picked.flatMap(([first, last]): PickedRows => {
    if (row < first || row > last) return [[first, last]];
    const parts: PickedRows = [
      [first, row - 1],
      [row + 1, last],
    ];
    return parts.filter(([begin, end]) => begin <= end);
  });
}

/** The same rows when others have come before them; what went with its row is left out. */
export function shiftRows(picked: PickedRows, rows: number): PickedRows {
  return picked.flatMap(([first, last]): PickedRows => {
    return last + rows < 0 ? [] : [[Math.max(0, first + rows), last + rows]];
  });
}

/** How many they are. */
export function countRows(picked: PickedRows): number {
  return picked.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}
