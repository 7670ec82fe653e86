import { killInMidBackup } from './endurance/backup-kills';
import { corruptBackups } from './endurance/corruptions';
import { editAtOnce } from './endurance/edits';
import { killInMidRun } from './endurance/kills';
import { stopInMidStream } from './endurance/orderly-stop';
import { startUnsafely } from './endurance/refused-start';
import { shutOut } from './endurance/shut-out';
import { stallReader } from './endurance/stalled-reader';
import { killOneOfTwo } from './endurance/two-instances';
import type { Stack } from './stack';
import type { App } from './stack/app';
import { failureOf, type Result } from './test/reports';

type Check = { name: string; problems: string[] };

/** How often each thing is done. `npm test` does less of it than `npm run soak`. */
export type Rounds = { edits: number; kills: number; backupKills: number; corruptions: number };

const checks: Record<string, (stack: Stack, rounds: Rounds) => Promise<Check>> = {
  refusals: checkRefusals,
  edits: (stack, { edits }) => checkEdits(stack, edits),
  kills: (stack, { kills }) => checkKills(stack, kills),
  stop: async (stack) => ({
    name: 'SIGTERM ends a stream with its error, and the app in order',
    problems: await stopInMidStream(stack),
  }),
  instances: async (stack) => ({
    name: 'one of two instances is killed: no run and no job is lost',
    problems: await withAnother(stack, (other) => killOneOfTwo(stack, other)),
  }),
  'shut-out': checkShutOut,
  'backup-kills': (stack, { backupKills }) => checkBackupKills(stack, backupKills),
  corruptions: (stack, { corruptions }) => checkCorruptions(stack, corruptions),
  stall: checkStall,
};

/** The names of the checks, in the order in which they are made. */
export const enduranceNames = Object.keys(checks);

/**
 * What only a whole process can show: kills in mid-run and mid-backup, damaged files, editors that meet, somebody who is
 * shut out, and a reader that stalls. Makes the checks of these names, prints each and answers what held and what did not.
 */
export async function runEndurance(
  stack: Stack,
  rounds: Rounds,
  names: readonly string[] = enduranceNames,
): Promise<Result> {
  const wanted = Object.entries(checks).filter(([name]) => names.includes(name));
  const failures: string[] = [];
  for (const [, check] of wanted) {
    const { name, problems } = await check(stack, rounds);
    console.log(`  ${problems.length === 0 ? '✓' : '✗'} ${name}`);
    for (const problem of problems) console.log(`      ${problem}`);
    if (problems.length > 0) failures.push(failureOf(name, problems.join('\n')));
  }
  return { passed: wanted.length - failures.length, failures };
}

async function checkRefusals(): Promise<Check> {
  return { name: 'a start that is not safe is refused', problems: await startUnsafely() };
}

async function checkEdits(stack: Stack, edits: number): Promise<Check> {
  const { made, conflicts, wrong } = await editAtOnce(stack, edits);
  const problems = [...wrong];
  if (conflicts === 0) problems.push('no two editors met');
  return { name: `${made} edits of few rows at once, ${conflicts} conflicts told, no row wrong`, problems };
}

async function checkKills(stack: Stack, kills: number): Promise<Check> {
  const { runs, unknown, lost, wrong } = await killInMidRun(stack, kills);
  const problems = [...lost.map((mark) => `${mark}: reached the target unrecorded`), ...wrong];
  if (runs === 0) problems.push('no run was caught');
  return {
    name: `S48: ${kills} kills in mid-run: ${runs} runs recorded, ${unknown} of unknown outcome, none lost`,
    problems,
  };
}

async function checkShutOut(stack: Stack): Promise<Check> {
  const { seconds, problems } = await withAnother(stack, (other) => shutOut(stack, other));
  const out = `out of the other on every way after ${seconds.toFixed(1)} s`;
  return { name: `S05: who is disabled or demoted on one of two instances is ${out}`, problems };
}

/** Runs `work` beside a second instance on the same store. */
async function withAnother<T>(stack: Stack, work: (other: App) => Promise<T>): Promise<T> {
  const other = await stack.startAnother();
  try {
    return await work(other);
  } finally {
    await other.stop();
  }
}

async function checkBackupKills(stack: Stack, times: number): Promise<Check> {
  const { kills, caught, whole, wrong } = await killInMidBackup(stack, times);
  const name = `S53: ${kills} kills in mid-backup, ${caught} of running jobs (${whole} with a whole file, which is kept): no partial file offered, nothing left after 60 s`;
  return { name, problems: caught === 0 ? [...wrong, 'no job was caught'] : wrong };
}

async function checkCorruptions(stack: Stack, times: number): Promise<Check> {
  const { tried, wrong } = await corruptBackups(stack, times);
  return { name: `${tried} damaged backups: none called verified`, problems: wrong };
}

async function checkStall(stack: Stack): Promise<Check> {
  const { grownMb, waitEvent, cancelledAfter, status } = await stallReader(stack);
  const problems: string[] = [];
  if (grownMb > 20) problems.push(`memory grew by ${grownMb.toFixed(0)} MB`);
  if (waitEvent !== 'ClientWrite') problems.push(`the backend waits for ${waitEvent}, not for the client`);
  if (cancelledAfter < 55 || cancelledAfter > 70) problems.push(`it was cancelled after ${cancelledAfter} s`);
  if (status !== 'cancelled') problems.push(`the history says ${status}`);
  const name = `a stalled reader: memory ${grownMb > 0 ? '+' : ''}${grownMb.toFixed(0)} MB in 8 s, cancelled after ${cancelledAfter} s`;
  return { name, problems };
}
