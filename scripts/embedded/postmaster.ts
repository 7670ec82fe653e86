import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A running PostgreSQL server, as its postmaster.pid tells it. */
export interface Postmaster {
  pid: number;
  port: number;
}

const patienceMs = 60_000;

/**
 * The server that runs on this data directory, or undefined. Waits for one that is still starting or stopping. A
 * postmaster.pid whose process is dead or is something else is removed, since PostgreSQL would refuse to start over it.
 */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const found = await readPidFile(data);
    if (!found) return undefined;
    if (!(await isServing(found.pid, data))) {
      await rm(path.join(data, 'postmaster.pid'), { force: true });
      return undefined;
    }
    if (found.status === 'ready') return found;
    await sleep(50);
  }
  throw new Error(`A PostgreSQL server holds ${data} but is not ready after ${patienceMs / 1000} s.`);
}

/** Lines of the file: pid, data directory, start time, port, socket directory, address, shared memory, status. */
async function readPidFile(data: string): Promise<(Postmaster & { status: string }) | undefined> {
  const text = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(ignoreMissing);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

async function isServing(pid: number, data: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  // Windows has no cheap way to ask; there a live process counts as ours, and nothing is removed.
  if (process.platform === 'win32') return true;
  return (await commandOf(pid)).includes(data);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(
    () => ({ stdout: '' }),
  );
  return stdout;
}
