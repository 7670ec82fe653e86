import path from 'node:path';
import { runNode } from '../children';
import type { Major } from '../embedded/majors';
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

/** Steps that follow each other. */
export type Lane = readonly Step[];

const withoutServer: Lane = [
  { name: 'lint', run: ({ signal }) => runLint(signal) },
  { name: 'types', run: ({ signal }) => checkTypes(signal) },
  { name: 'unit tests', run: (context) => runVitest('unit', context) },
];

/** All of `npm test`, in order. Lanes of one group run at once: tests on a server wait more than they work. */
export const groups: readonly (readonly Lane[])[] = [
  onServers(),
  [[{ name: 'browser tests', run: runBrowserTests }]],
  [[{ name: 'endurance', run: testEndurance }]],
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
function onServers(): Lane[] {
  if (testServerUrl()) {
    return [[...withoutServer, { name: 'PostgreSQL tests', run: (context) => runVitest('pg', context) }]];
  }
  // The oldest takes longest: all client tools are as new as it.
  return [[...withoutServer, onMajor(18)], [onMajor(15)]];
}

function onMajor(major: Major): Step {
  return { name: `PostgreSQL ${major} tests`, run: (context) => runOnMajor(major, context) };
}
