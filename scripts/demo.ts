import { errorText } from '@/lib/errors';
import { settings } from './settings';
import { listenForEnd, untilEnd } from './signals';
import { type Stack, startStack } from './stack';

/** Runs the demo until it is asked to end. Resolves to the exit code. */
async function runDemo(): Promise<number> {
  const signal = listenForEnd();
  let stack: Stack;
  try {
    stack = await startDemo(signal);
  } catch (error) {
    if (signal.aborted) return 0;
    console.error(`\n${errorText(error)}`);
    return 1;
  }
  announce(stack);
  const ended = await Promise.race([stack.app().exited, untilEnd(signal)]);
  console.log(ended === undefined ? '\n• Stopping' : `\nThe app ended by itself; see ${stack.logFile}.`);
  await stack.stop();
  return ended === undefined ? 0 : 1;
}

function startDemo(signal: AbortSignal): Promise<Stack> {
  const { storeUrl, storeOwnerUrl, ...rest } = settings();
  const store = storeUrl ? { app: storeUrl, owner: storeOwnerUrl } : undefined;
  return startStack({ ...rest, store, durable: true, signal, log: (step) => console.log(`• ${step}`) });
}

function announce({ url, password }: Stack): void {
  console.log(`
  Howdah is at ${url}

  account      password
  admin        ${password}
  developer    ${password}
  reviewer     ${password}

  Ctrl-C stops it.`);
}

process.exit(await runDemo());
