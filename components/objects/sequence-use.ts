import type { SequenceSummary } from '@/lib/api-types';

type Range = Pick<SequenceSummary, 'last_value' | 'minimum' | 'maximum' | 'increment'>;

/** How much of a sequence's range is used, as a percentage; `–` before its first use. */
export function usedOf({ last_value: last, minimum, maximum, increment }: Range): string {
  if (last === null) return '–';
  const span = BigInt(maximum) - BigInt(minimum);
  if (span <= 0n) return '100%';
  const isRising = !increment.startsWith('-');
  const gone = isRising ? BigInt(last) - BigInt(minimum) : BigInt(maximum) - BigInt(last);
  const thousandths = Number((gone * 1_000n) / span);
  if (thousandths === 0) return '< 0.1%';
  return thousandths < 100 ? `${thousandths / 10}%` : `${Math.floor(thousandths / 10)}%`;
}
