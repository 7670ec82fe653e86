import { memoryMb } from '../usage';

const everyMs = 250;

/** Watches a process; `end` answers the megabytes that it held at most beyond those of the beginning. */
export function watchMemory(pid: number): { end(): number } {
  const before = memoryMb(pid);
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, memoryMb(pid));
  }, everyMs);
  return {
    end() {
      clearInterval(timer);
      return Math.max(most, memoryMb(pid)) - before;
    },
  };
}
