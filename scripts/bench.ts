import { rm } from 'node:fs/promises';
import { signIn } from './api-client';
import { printReport } from './bench/report';
import { benchSelectOne } from './bench/select-one';
import { benchStream } from './bench/stream';
import { listenForEnd } from './signals';
import { makeTemporaryFolder } from './temporary-folder';
import { withTemporaryStack } from './temporary-stack';

/** Measures Howdah beside its floors in one run, on a durable PostgreSQL. Resolves to the exit code. */
async function runBench(): Promise<number> {
  const folder = await makeTemporaryFolder();
  try {
    return await withTemporaryStack({ folder, durable: true, signal: listenForEnd() }, async (stack) => {
      const client = await signIn(stack.url, 'developer', stack.password);
      const blogUrl = Object.assign(new URL(stack.serverUrl), { pathname: '/blog' }).href;
      const reports = [await benchStream(client, blogUrl), ...(await benchSelectOne(client, blogUrl))];
      client.close();
      return reports.map(printReport).every(Boolean) ? 0 : 1;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exit(await runBench());
