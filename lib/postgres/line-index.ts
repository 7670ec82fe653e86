/** Rows of many lines that are remembered: beyond them a row's line is not known. */
const mostLongRows = 100_000;

/** The line of the file that each row begins in: kept are only the rows that do not follow the one before on the next line. */
export function createLineIndex() {
  const rows: number[] = [];
  const offsets: number[] = [];
  let count = 0;
  return {
    add(lines: readonly number[]) {
      for (const line of lines) {
        count += 1;
        if (line - count === offsets.at(-1) || rows.length > mostLongRows) continue;
        rows.push(count);
        offsets.push(line - count);
      }
    },
    lineOf(row: number): number | null {
      if (rows.length > mostLongRows && row > (rows.at(-1) ?? 0)) return null;
      const after = rows.findIndex((start) => start > row);
      const offset = offsets[(after === -1 ? rows.length : after) - 1];
      return offset === undefined ? null : row + offset;
    },
  };
}

export type LineIndex = ReturnType<typeof createLineIndex>;
