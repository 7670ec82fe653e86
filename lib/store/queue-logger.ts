import 'server-only';
import { Logger } from 'graphile-worker';

/** graphile-worker's log: what went wrong, in one line each; its chatter is left out. */
export function queueLogger(): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') console.error(`howdah: the job queue: ${message}`);
  });
}
