import { rm } from 'node:fs/promises';
import path from 'node:path';
import { runNode } from '../children';
import type { Major } from '../embedded/majors';
import { type Counts, countVitest } from './reports';
import type { StepContext } from './steps';

/** Runs the tests of one of the projects in vitest.config.ts. */
export async function runVitest(
  project: 'unit' | 'pg',
  { folder, signal }: StepContext,
  env: Record<string, string> = {},
): Promise<Counts> {
  const report = path.join(folder, `${project}.json`);
  // A run that dies must not be judged by the report of the one before.
  await rm(report, { force: true });
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  return countVitest(report, await runNode(['node_modules/vitest/vitest.mjs', ...args], { env, signal }));
}

/** Runs the PostgreSQL tests on an embedded server of this major, whatever server the environment names. */
export function runOnMajor(major: Major, context: StepContext): Promise<Counts> {
  return runVitest('pg', context, { HOWDAH_TEST_MAJOR: String(major), HOWDAH_TEST_URL: '' });
}
