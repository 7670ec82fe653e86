import { open, readFile, rm } from 'node:fs/promises';
import { errorText } from '@/lib/errors';
import { listenForEnd } from './signals';
import { makeTemporaryFolder } from './temporary-folder';
import type { Counts } from './test/reports';
import { type Step, type StepContext, steps } from './test/steps';

/** Runs every step, also after one that has failed, and prints the sum as the last line. Resolves to the exit code. */
async function runTests(): Promise<number> {
  const context = { folder: await makeTemporaryFolder(), signal: listenForEnd() };
  const total: Counts = { passed: 0, failed: 0 };
  try {
    for (const group of steps) {
      if (context.signal.aborted) return 130;
      for (const { passed, failed } of await runGroup(group, context)) {
        total.passed += passed;
        total.failed += failed;
      }
    }
  } finally {
    await rm(context.folder, { recursive: true, force: true });
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** The first of a group prints as it goes; what the others print follows when it is done. */
async function runGroup([first, ...others]: readonly Step[], context: StepContext): Promise<Counts[]> {
  const beside = others.map((step, index) => runAside(step, context, `${context.folder}/step-${index}.log`));
  const counts = first === undefined ? [] : [await runStep(first, context)];
  for (const [index, step] of others.entries()) {
    const aside = await beside[index];
    if (aside === undefined) continue;
    console.log(`\n• ${step.name}\n${aside.text}`);
    report(step, aside.counted);
    counts.push(aside.counted);
  }
  return counts;
}

async function runAside(
  step: Step,
  context: StepContext,
  log: string,
): Promise<{ counted: Counts; text: string }> {
  const file = await open(log, 'w');
  const counted = await countStep(step, { ...context, output: file.fd }).finally(() => file.close());
  return { counted, text: await readFile(log, 'utf8') };
}

async function runStep(step: Step, context: StepContext): Promise<Counts> {
  console.log(`\n• ${step.name}`);
  const counted = await countStep(step, context);
  report(step, counted);
  return counted;
}

async function countStep(step: Step, context: StepContext): Promise<Counts> {
  try {
    return await step.run(context);
  } catch (error) {
    console.error(errorText(error));
    return { passed: 0, failed: 1 };
  }
}

function report({ name }: Step, { passed, failed }: Counts): void {
  console.log(`• ${name}: ${passed} passed, ${failed} failed`);
}

process.exit(await runTests());
