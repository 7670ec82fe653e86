import { AppError } from '@/lib/errors';

/**
 * Runs a command of the console to its end and ends the process: 0, or 1 with the reason in words. `--help` prints its
 * usage.
 */
export async function runConsole(usage: string, work: () => Promise<void>): Promise<never> {
  if (process.argv.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    await work();
    process.exit(0);
  } catch (error) {
    if (error instanceof AppError) console.error([error.message, error.hint].filter(Boolean).join('\n'));
    else console.error(error);
    process.exit(1);
  }
}
