import { open, readFile, rm } from 'node:fs/promises';
import { errorText } from '@/lib/errors';
import { listenForEnd } from './signals';
import { makeTemporaryFolder } from './temporary-folder';
import { failureOf, type Result } from './test/reports';
import { groups, type Lane, type Step, type StepContext } from './test/steps';
import { countsOf, printSummary, sum } from './test/summary';

/** Runs every step, also after one that has failed, and ends with what failed and the sum. Resolves to the exit code. */
async function runTests(): Promise<number> {
  const context = { folder: await makeTemporaryFolder(), signal: listenForEnd() };
  const results: Result[] = [];
  try {
    for (const group of groups) {
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

/** The first lane of a group prints as it goes; what the others print follows when it is done. */
async function runGroup([first = [], ...others]: readonly Lane[], context: StepContext): Promise<Result[]> {
  const beside = others.map((lane, index) => runAside(lane, context, `${context.folder}/lane-${index}`));
  const results: Result[] = [];
  for (const step of first) {
    if (!context.signal.aborted) results.push(await runStep(step, context));
  }
  for (const { step, result, text } of (await Promise.all(beside)).flat()) {
    console.log(`\n• ${step.name}\n${text}`);
    report(step, result);
    results.push(result);
  }
  return results;
}

type Aside = { step: Step; result: Result; text: string };

async function runAside(lane: Lane, context: StepContext, prefix: string): Promise<Aside[]> {
  const asides: Aside[] = [];
  for (const [index, step] of lane.entries()) {
    if (context.signal.aborted) break;
    const log = `${prefix}-${index}.log`;
    const file = await open(log, 'w');
    const result = await tryStep(step, { ...context, output: file.fd }).finally(() => file.close());
    asides.push({ step, result, text: await readFile(log, 'utf8') });
  }
  return asides;
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
