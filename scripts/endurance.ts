import { editAtOnce } from './endurance/edits';
import { killInMidRun } from './endurance/kills';
import { startUnsafely } from './endurance/refused-start';
import { stallReader } from './endurance/stalled-reader';
import type { Stack } from './stack';

type Check = { name: string; problems: string[] };

/** How long the loops are. */
type Loops = { kills: number; edits: number };

/**
 * What only a whole process can show: editors that meet, kills in mid-run and a reader that stalls. `npm test` runs
 * short loops, `npm run soak` long ones. Prints each check and answers how many held and how many did not.
 */
export async function runEndurance(
  stack: Stack,
  { kills, edits }: Loops,
): Promise<{ passed: number; failed: number }> {
  const checks = [
    await checkRefusals(),
    await checkEdits(stack, edits),
    await checkKills(stack, kills),
    await checkStall(stack),
  ];
  for (const { name, problems } of checks) {
    console.log(`  ${problems.length === 0 ? '✓' : '✗'} ${name}`);
    for (const problem of problems) console.log(`      ${problem}`);
  }
  const failed = checks.filter(({ problems }) => problems.length > 0).length;
  return { passed: checks.length - failed, failed };
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
    name: `${kills} kills in mid-run: ${runs} runs recorded, ${unknown} of unknown outcome, none lost`,
    problems,
  };
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
