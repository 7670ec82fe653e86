import path from 'node:path';
import { runNode } from '../children';
import { runEndurance } from '../endurance';
import { testServerUrl } from '../settings';
import { withTemporaryStack } from '../temporary-stack';
import { runBrowserTests } from './browser';
import { type Result, resultOfExit } from './reports';
import { runOnMajor, runVitest } from './vitest';

/** What every step gets: a folder of its own for files that go away, and the request to end. */
export interface StepContext {
  folder: string;
  signal: AbortSignal;
  /** A file's descriptor for what the step prints, where it runs beside another. */
  output?: number;
}

/** One part of `npm test`. */
export interface Step {
  name: string;
  run(context: StepContext): Promise<Result>;
}

/** All of `npm test`, in order. Steps of one group run at once: two servers wait more than they work. */
export const steps: readonly (readonly Step[])[] = [
  [{ name: 'lint', run: ({ signal }) => runLint(signal) }],
  [{ name: 'types', run: ({ signal }) => checkTypes(signal) }],
  [{ name: 'unit tests', run: (context) => runVitest('unit', context) }],
  chooseServers(),
  [{ name: 'browser tests', run: runBrowserTests }],
  [{ name: 'endurance', run: testEndurance }],
];

/** The loops of `npm run soak`, short, on a Howdah of its own. */
const rounds = { edits: 300, kills: 2, backupKills: 5, corruptions: 20 };

function testEndurance({ folder, signal }: StepContext): Promise<Result> {
  const own = path.join(folder, 'endurance');
  return withTemporaryStack({ folder: own, durable: false, signal }, (stack) => runEndurance(stack, rounds));
}

async function runLint(signal: AbortSignal): Promise<Result> {
  return resultOfExit(
    'lint',
    await runNode(['node_modules/@biomejs/biome/bin/biome', 'check', '.'], { signal }),
  );
}

async function checkTypes(signal: AbortSignal): Promise<Result> {
  // The routes' types are made, not kept; the compiler needs them.
  const made = await runNode(['node_modules/next/dist/bin/next', 'typegen'], { signal });
  return resultOfExit(
    'types',
    made || (await runNode(['node_modules/typescript/bin/tsc', '--noEmit'], { signal })),
  );
}

/** The oldest and the newest embedded PostgreSQL that are installed, or the one server that a person named. */
function chooseServers(): Step[] {
  if (testServerUrl()) return [{ name: 'PostgreSQL tests', run: (context) => runVitest('pg', context) }];
  return ([15, 18] as const).map((major) => ({
    name: `PostgreSQL ${major} tests`,
    run: (context) => runOnMajor(major, context),
  }));
}
