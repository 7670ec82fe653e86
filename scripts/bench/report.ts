/** One measurement beside its floor of the same run. */
export type Report = {
  name: string;
  floor: string;
  howdah: string;
  /** Of times howdah / floor, of rates howdah / floor. */
  ratio: number;
  /** The goal for the ratio, null where there is none. */
  goal: number | null;
  isGood: boolean;
};

/** Prints a report and answers whether its goal was met. */
export function printReport({ name, floor, howdah, ratio, goal, isGood }: Report): boolean {
  const verdict = goal === null ? '' : ` (goal ${goal}: ${isGood ? 'met' : 'MISSED'})`;
  console.log(`\n${name}\n  floor   ${floor}\n  howdah  ${howdah}\n  ratio   ${ratio.toFixed(2)}${verdict}`);
  return isGood;
}
