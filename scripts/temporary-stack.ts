import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Stack, startStack } from './stack';

type Options = {
  /** The folder that holds its data; whoever made it removes it. */
  folder: string;
  durable: boolean;
  signal: AbortSignal;
};

/** Runs `work` against Howdah on new data and a free port, and leaves nothing of it behind. */
export async function withTemporaryStack<T>(
  { folder, durable, signal }: Options,
  work: (stack: Stack) => Promise<T>,
): Promise<T> {
  const stack = await startStack({
    dataDir: path.join(folder, 'howdah'),
    port: 0,
    host: '127.0.0.1',
    durable,
    log: (step) => console.log(`• ${step}`),
    signal,
  });
  try {
    return await work(stack);
  } finally {
    await stack.stop();
    await rm(stack.postgresHome, { recursive: true, force: true });
  }
}
