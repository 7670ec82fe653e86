import { rm } from 'node:fs/promises';
import { errorText } from '@/lib/errors';
import { fetchMajor, hasPlatform, type Major, platform } from './embedded/majors';
import { listenForEnd } from './signals';
import { makeTemporaryFolder } from './temporary-folder';
import { failureOf, type Result } from './test/reports';
import type { StepContext } from './test/steps';
import { countsOf, printSummary, sum } from './test/summary';
import { runOnMajor } from './test/vitest';

/** Those that `npm test` leaves out. */
const others: readonly Major[] = [14, 16, 17];

/** Runs the PostgreSQL tests on the other majors, also after one that failed. Resolves to the exit code. */
async function runVersions(): Promise<number> {
  if (!hasPlatform) {
    console.log(`Skipped: PostgreSQL ${others.join(', ')}. npm has no embedded PostgreSQL for ${platform}.`);
    return 0;
  }
  const context = { folder: await makeTemporaryFolder(), signal: listenForEnd() };
  const results: Result[] = [];
  try {
    for (const major of others) {
      if (context.signal.aborted) return 130;
      const result = await runVersion(major, context);
      console.log(`• PostgreSQL ${major}: ${countsOf(result)}`);
      results.push(result);
    }
  } finally {
    await rm(context.folder, { recursive: true, force: true });
  }
  const total = sum(results);
  printSummary(total);
  return total.failures.length === 0 ? 0 : 1;
}

async function runVersion(major: Major, context: StepContext): Promise<Result> {
  console.log(`\n• PostgreSQL ${major}`);
  try {
    await fetchMajor(major);
    return await runOnMajor(major, context);
  } catch (error) {
    const failure = failureOf(`PostgreSQL ${major}`, errorText(error));
    console.error(failure);
    return { passed: 0, failures: [failure] };
  }
}

process.exit(await runVersions());
