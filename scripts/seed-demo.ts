import { AppError } from '@/lib/errors';
import { errorLine } from '@/lib/query-event';
import { seedDemo } from '@/lib/run-enrol';
import { openStore } from '@/lib/run-store';
import { seedSettings } from './settings';

/** Resolves to the exit code; tells the reason of a failure in words, and where it arose only when unexpected. */
async function prepare(): Promise<number> {
  try {
    await openStore();
    await seedDemo(seedSettings());
    return 0;
  } catch (error) {
    if (error instanceof AppError) console.error(errorLine(error));
    else console.error(error);
    return 1;
  }
}

// The store's pool would keep the process for a while.
process.exit(await prepare());
