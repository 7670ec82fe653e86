import { rm } from 'node:fs/promises';
import { runEndurance } from './endurance';
import { listenForEnd } from './signals';
import { makeTemporaryFolder } from './temporary-folder';
import { withTemporaryStack } from './temporary-stack';

const loops = { kills: 20, edits: 10_000 };

/** The long loops, of which `npm test` runs short ones. Resolves to the exit code. */
async function runSoak(): Promise<number> {
  const folder = await makeTemporaryFolder();
  try {
    const options = { folder, durable: true, signal: listenForEnd() };
    const { failed } = await withTemporaryStack(options, (stack) => runEndurance(stack, loops));
    return failed === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exit(await runSoak());
