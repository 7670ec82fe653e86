/** One measurement beside its floor of the same run. */
export type Report = {
  name: string;
  floor: string;
  howdah: string;
  /** Of times howdah / floor, of rates howdah / floor. */
  ratio: number;
  /** The goal in words, null where there is none. */
  goal: string | null;
  isGood: boolean;
};

/** Two medians in milliseconds, and how long Howdah may take: `factor` times the floor and `plusMs` more. */
export type Times = {
  name: string;
  /** What the floor is. */
  floor: string;
  floorMs: number;
  howdahMs: number;
  factor: number;
  plusMs?: number;
};

/** The report of two times. */
export function reportTimes({ name, floor, floorMs, howdahMs, factor, plusMs = 0 }: Times): Report {
  return {
    name,
    floor: `${floor} ${inMs(floorMs)}`,
    howdah: inMs(howdahMs),
    ratio: howdahMs / floorMs,
    goal: `at most ${factor} × the floor${plusMs === 0 ? '' : ` + ${plusMs} ms`}`,
    isGood: howdahMs <= factor * floorMs + plusMs,
  };
}

/** The report of a time that has no goal of its own. */
export function reportRest({ name, floor, floorMs, howdahMs }: Omit<Times, 'factor' | 'plusMs'>): Report {
  return {
    name,
    floor: `${floor} ${inMs(floorMs)}`,
    howdah: inMs(howdahMs),
    ratio: howdahMs / floorMs,
    goal: null,
    isGood: true,
  };
}

/** Prints a report and answers whether its goal was met. */
export function printReport({ name, floor, howdah, ratio, goal, isGood }: Report): boolean {
  const verdict = goal === null ? '' : ` (goal ${goal}: ${isGood ? 'met' : 'MISSED'})`;
  console.log(`\n${name}\n  floor   ${floor}\n  howdah  ${howdah}\n  ratio   ${ratio.toFixed(2)}${verdict}`);
  return isGood;
}

function inMs(ms: number): string {
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}
