import type { Result } from './reports';

/** What several steps showed, together. */
export function sum(results: readonly Result[]): Result {
  return {
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failures: results.flatMap(({ failures }) => failures),
  };
}

/** `N passed, N failed`. */
export function countsOf({ passed, failures }: Result): string {
  return `${passed} passed, ${failures.length} failed`;
}

/** Every failure by name, last of all but for the counts: the end is what is left of a log that was cut. */
export function printSummary(result: Result): void {
  if (result.failures.length > 0) console.log(`\n• failed\n${result.failures.join('\n')}\n`);
  console.log(countsOf(result));
}
