import type { Cell } from '@/lib/query-event';
import { type Bounds, countCells, rowsOf } from './grid-selection';

/** What the selected cells of numbers come to, exactly: decimals as text, never a JavaScript number. */
export type SelectionSum = { cells: number; numbers: number; sum: string; average: string };

/** Cells that are added up; a larger selection is counted only. */
const mostCells = 200_000;

/** Digits behind the point of an average that does not end. */
const averageDigits = 6n;

/** Digits that a number may move its point by, lest one cell take all memory. */
const mostDigits = 2_000;

/** The sum and the average of the numbers in a selection of the fields shown at `places`; null for one cell, for no number, or for very many cells. */
export function sumSelection(
  rows: readonly Cell[][],
  bounds: Bounds,
  { places, isNumber }: { places: readonly number[]; isNumber: (field: number) => boolean },
): SelectionSum | null {
  const cells = countCells(bounds);
  if (cells === 1 || cells > mostCells) return null;
  const selected = rowsOf(bounds);
  const numbers: Decimal[] = [];
  for (const field of places.slice(bounds.left, bounds.right + 1)) {
    if (!isNumber(field)) continue;
    for (const row of selected) {
      const number = readDecimal(rows[row]?.[field] ?? '');
      if (number !== null) numbers.push(number);
    }
  }
  if (numbers.length === 0) return null;
  const scale = numbers.reduce((most, number) => Math.max(most, number.scale), 0);
  const units = numbers.reduce((sum, number) => sum + number.units * 10n ** BigInt(scale - number.scale), 0n);
  return {
    cells,
    numbers: numbers.length,
    sum: writeDecimal({ units, scale }),
    average: average({ units, scale }, BigInt(numbers.length)),
  };
}

/** A number as units of 10^-scale. */
type Decimal = { units: bigint; scale: number };

/** Reads `-12.340` and `1e-07`; null for NaN, Infinity and what is no number. */
function readDecimal(text: string): Decimal | null {
  const [, sign, whole = '', part = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text) ?? [];
  if (sign === undefined) return null;
  const scale = part.length - Number(exponent);
  if (Math.abs(scale) > mostDigits) return null;
  const units = BigInt(`${sign}${whole}${part}`);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

function writeDecimal({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
}

/** Rounded half away from zero, without noughts at its end. */
function average({ units, scale }: Decimal, count: bigint): string {
  const shifted = units * 10n ** averageDigits * 2n;
  const rounded = (shifted / count + (units < 0n ? -1n : 1n)) / 2n;
  const text = writeDecimal({ units: rounded, scale: scale + Number(averageDigits) });
  return text.replace(/\.?0+$/, '') === '' ? '0' : text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}
