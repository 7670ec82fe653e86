import { rm } from 'node:fs/promises';
import { runEndurance } from './endurance';
import { listenForEnd } from './signals';
import { makeTemporaryFolder } from './temporary-folder';
import { withTemporaryStack } from './temporary-stack';

const rounds = { edits: 10_000, kills: 20, backupKills: 50, corruptions: 200 };

/** The long loops that `npm test` runs a tenth of. Resolves to the exit code. */
async function runSoak(): Promise<number> {
  const folder = await makeTemporaryFolder();
  try {
    const options = { folder, durable: true, signal: listenForEnd() };
    const { failed } = await withTemporaryStack(options, (stack) => runEndurance(stack, rounds));
    return failed === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exit(await runSoak());
