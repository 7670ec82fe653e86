import { execFileSync } from 'node:child_process';

/** Megabytes of memory that a process holds now. */
export function memoryMb(pid: number): number {
  return Number(ask(pid, 'rss=')) / 1024;
}

/** Whole seconds of processor time that a process has used. */
export function cpuSeconds(pid: number): number {
  return ask(pid, 'time=')
    .split(/[-:]/)
    .reverse()
    .reduce((sum, part, place) => sum + Number(part) * ([1, 60, 3_600, 86_400][place] ?? 0), 0);
}

function ask(pid: number, field: string): string {
  return execFileSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8' }).trim();
}
