import { open, readFile, rm } from 'node:fs/promises';
import { errorText } from '@/lib/errors';
import { listenForEnd } from './signals';
import { makeTemporaryFolder } from './temporary-folder';
import { failureOf, type Result } from './test/reports';
import { type Step, type StepContext, steps } from './test/steps';
import { countsOf, printSummary, sum } from './test/summary';

/** Runs every step, also after one that has failed, and ends with what failed and the sum. Resolves to the exit code. */
async function runTests(): Promise<number> {
  const context = { folder: await makeTemporaryFolder(), signal: listenForEnd() };
  const results: Result[] = [];
  try {
    for (const group of steps) {
      if (context.signal.aborted) return 130;
      results.push(...(await runGroup(group, context)));
    }
  } finally {
    await rm(context.folder, { recursive: true, force: true });
  }
  const total = sum(results);
  printSummary(total);
  return total.failures.length === 0 ? 0 : 1;
}

/** The first of a group prints as it goes; what the others print follows when it is done. */
async function runGroup([first, ...others]: readonly Step[], context: StepContext): Promise<Result[]> {
  const beside = others.map((step, index) => runAside(step, context, `${context.folder}/step-${index}.log`));
  const results = first === undefined ? [] : [await runStep(first, context)];
  for (const [index, step] of others.entries()) {
    const aside = await beside[index];
    if (aside === undefined) continue;
    console.log(`\n• ${step.name}\n${aside.text}`);
    report(step, aside.result);
    results.push(aside.result);
  }
  return results;
}

async function runAside(
  step: Step,
  context: StepContext,
  log: string,
): Promise<{ result: Result; text: string }> {
  const file = await open(log, 'w');
  const result = await tryStep(step, { ...context, output: file.fd }).finally(() => file.close());
  return { result, text: await readFile(log, 'utf8') };
}

async function runStep(step: Step, context: StepContext): Promise<Result> {
  console.log(`\n• ${step.name}`);
  const result = await tryStep(step, context);
  report(step, result);
  return result;
}

async function tryStep(step: Step, context: StepContext): Promise<Result> {
  try {
    return await step.run(context);
  } catch (error) {
    const failure = failureOf(step.name, errorText(error));
    console.error(failure);
    return { passed: 0, failures: [failure] };
  }
}

function report({ name }: Step, result: Result): void {
  console.log(`• ${name}: ${countsOf(result)}`);
}

process.exit(await runTests());
