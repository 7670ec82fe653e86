import type { Cell, Field } from '@/lib/query-event';
import { typeLabel } from './column-type';

/** How many rows the initial widths look at. */
export const sampledRows = 100;
export const narrowest = 48;
export const widest = 1200;

const initialNarrowest = 72;
const initialWidest = 360;
const valueCharacter = 7.3;
const nameCharacter = 7;
const typeCharacter = 6.2;
const padding = 20;
const icon = 18;
/** Beside the name, for how the column is sorted. */
const mark = 16;

/** A column's first width in pixels: its header and its first rows, within bounds. */
export function initialWidth(
  field: Field,
  column: number,
  rows: readonly Cell[][],
  rowCount: number,
): number {
  let characters = 0;
  for (let row = 0; row < Math.min(rowCount, sampledRows); row += 1) {
    const length = rows[row]?.[column]?.length ?? 4;
    if (length > characters) characters = length;
  }
  const header = Math.max(
    field.name.length * nameCharacter + mark,
    typeLabel(field).length * typeCharacter + icon,
  );
  const width = Math.max(header, characters * valueCharacter) + padding;
  return Math.round(Math.min(initialWidest, Math.max(initialNarrowest, width)));
}
