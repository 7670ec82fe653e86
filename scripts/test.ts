import { rm } from 'node:fs/promises';
import { listenForEnd } from './signals';
import { makeTemporaryFolder } from './temporary-folder';
import type { Counts } from './test/reports';
import { type Step, type StepContext, steps } from './test/steps';

/** Runs every step, also after one that failed, and prints the sum as the last line. Resolves to the exit code. */
async function runTests(): Promise<number> {
  const context = { folder: await makeTemporaryFolder(), signal: listenForEnd() };
  const total: Counts = { passed: 0, failed: 0 };
  try {
    for (const step of steps) {
      if (context.signal.aborted) return 130;
      const { passed, failed } = await runStep(step, context);
      console.log(`• ${step.name}: ${passed} passed, ${failed} failed`);
      total.passed += passed;
      total.failed += failed;
    }
  } finally {
    await rm(context.folder, { recursive: true, force: true });
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

async function runStep(step: Step, context: StepContext): Promise<Counts> {
  console.log(`\n• ${step.name}`);
  try {
    return await step.run(context);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

process.exit(await runTests());
