import path from 'node:path';
import { errorText } from '@/lib/errors';
import { findClientTools } from '@/lib/postgres/client-tools';
import { chooseTools } from '@/lib/postgres/client-version';
import { runNode } from '../children';
import type { Major } from '../embedded/majors';
import { type Result, readVitest } from './reports';
import type { StepContext } from './steps';

/** Runs the tests of one of the projects in vitest.config.ts. `name` is that of its report. */
export async function runVitest(
  project: 'unit' | 'pg',
  { folder, signal, output }: StepContext,
  { name = project, env = {}, without = [] }: Part = {},
): Promise<Result> {
  const report = path.join(folder, `${name}.json`);
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...without.map((file) => `--exclude=${file}`),
  ];
  const options = { env, signal, ...(output !== undefined && { output }) };
  return readVitest(report, await runNode(['node_modules/vitest/vitest.mjs', ...args], options));
}

type Part = { name?: string; env?: Record<string, string>; without?: string[] };

/** Tests that run pg_dump and pg_restore, which must be as new as the server. */
const needClientTools = [
  'lib/run-back-up-store.pg.test.ts',
  'lib/run-backup.pg.test.ts',
  'lib/run-backup-formats.pg.test.ts',
  'lib/run-backup-object.pg.test.ts',
  'lib/run-backup-directory.pg.test.ts',
  'lib/run-backup-state.pg.test.ts',
  'lib/run-backup-sums.pg.test.ts',
  'lib/run-alerts.pg.test.ts',
  'lib/run-backup-refused.pg.test.ts',
  'lib/run-backup-encrypted.pg.test.ts',
  'lib/run-delete-backup.pg.test.ts',
  'lib/run-prove.pg.test.ts',
  'lib/run-prove-owner.pg.test.ts',
  'lib/run-prove-unknown.pg.test.ts',
  'lib/two-servers.pg.test.ts',
  'lib/run-restore-over.pg.test.ts',
  'lib/run-schedules.pg.test.ts',
  'lib/run-restore.pg.test.ts',
  'lib/jobs/worker.pg.test.ts',
  'lib/postgres/restore.pg.test.ts',
  'lib/postgres/inventory-round-trip.pg.test.ts',
];

/**
 * Runs the PostgreSQL tests on an embedded server of this major, whatever server the environment names. Where no
 * client tools of this machine fit the major, the tests that need them are left out, and it says so.
 */
export async function runOnMajor(major: Major, context: StepContext): Promise<Result> {
  const reason = await whyNoTools(major);
  if (reason !== null) console.log(`  not run on ${major}: ${needClientTools.join(', ')}. ${reason}`);
  const env = { HOWDAH_TEST_MAJOR: String(major), HOWDAH_TEST_URL: '' };
  return runVitest('pg', context, {
    name: `pg-${major}`,
    env,
    without: reason === null ? [] : needClientTools,
  });
}

async function whyNoTools(major: Major): Promise<string | null> {
  try {
    chooseTools(await findClientTools(), major);
    return null;
  } catch (error) {
    return errorText(error);
  }
}
