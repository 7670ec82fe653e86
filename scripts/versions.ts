import { rm } from 'node:fs/promises';
import { errorText } from '@/lib/errors';
import { fetchMajor, hasPlatform, type Major, platform } from './embedded/majors';
import { listenForEnd } from './signals';
import { makeTemporaryFolder } from './temporary-folder';
import type { Counts } from './test/reports';
import type { StepContext } from './test/steps';
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
  const total: Counts = { passed: 0, failed: 0 };
  try {
    for (const major of others) {
      if (context.signal.aborted) return 130;
      const { passed, failed } = await runVersion(major, context);
      console.log(`• PostgreSQL ${major}: ${passed} passed, ${failed} failed`);
      total.passed += passed;
      total.failed += failed;
    }
  } finally {
    await rm(context.folder, { recursive: true, force: true });
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

async function runVersion(major: Major, context: StepContext): Promise<Counts> {
  console.log(`\n• PostgreSQL ${major}`);
  try {
    await fetchMajor(major);
    return await runOnMajor(major, context);
  } catch (error) {
    console.error(errorText(error));
    return { passed: 0, failed: 1 };
  }
}

process.exit(await runVersions());
