import { rm } from 'node:fs/promises';
import { enduranceNames, runEndurance } from './endurance';
import { listenForEnd } from './signals';
import { makeTemporaryFolder } from './temporary-folder';
import { withTemporaryStack } from './temporary-stack';

const rounds = { edits: 10_000, kills: 20, backupKills: 50, corruptions: 200 };

/** The long loops that `npm test` runs a tenth of: all, or those named. Resolves to the exit code. */
async function runSoak(names: string[]): Promise<number> {
  const unknown = names.find((name) => !enduranceNames.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no soak "${unknown}". They are: ${enduranceNames.join(', ')}.`);
    return 1;
  }
  const chosen = names.length === 0 ? enduranceNames : names;
  const folder = await makeTemporaryFolder();
  try {
    const options = { folder, durable: true, signal: listenForEnd() };
    const { failures } = await withTemporaryStack(options, (stack) => runEndurance(stack, rounds, chosen));
    return failures.length === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exit(await runSoak(process.argv.slice(2)));
