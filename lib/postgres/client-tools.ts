import 'server-only';
import { execFile } from 'node:child_process';
import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { env } from '../env';
import { type ClientTools, parseToolVersion } from './client-version';

const suffix = process.platform === 'win32' ? '.exe' : '';

const versionEnvironment: Record<string, string> = { LC_ALL: 'C' };

/** Where installations of PostgreSQL lie: a folder, what its subfolders are called, and where their programs are. */
const usualPlaces = {
  linux: [
    ['/usr/lib/postgresql', /^\d+$/, 'bin'],
    ['/usr', /^pgsql-\d+$/, 'bin'],
    ['/usr/libexec', /^postgresql\d+$/, ''],
    ['/usr/local', /^pgsql$/, 'bin'],
  ],
  darwin: [
    ['/opt/homebrew/opt', /^(postgresql(@\d+)?|libpq)$/, 'bin'],
    ['/usr/local/opt', /^(postgresql(@\d+)?|libpq)$/, 'bin'],
    ['/Applications/Postgres.app/Contents/Versions', /^[\d.]+$/, 'bin'],
    ['/Library/PostgreSQL', /^\d+$/, 'bin'],
  ],
  win32: [
    ['C:\\Program Files\\PostgreSQL', /^\d+$/, 'bin'],
    ['C:\\Program Files (x86)\\PostgreSQL', /^\d+$/, 'bin'],
  ],
} as const satisfies Record<string, readonly (readonly [string, RegExp, string])[]>;

/** A client tool by its whole path. Only folders of the machine's own lead here, never a setting of Howdah. */
export function programOf(tools: ClientTools, program: 'pg_dump' | 'pg_dumpall' | 'pg_restore'): string {
  return fileOf(tools.folder, program);
}

/** The comment keeps the build from packing all that this could name. */
function fileOf(folder: string, program: string): string {
  return path.join(/*turbopackIgnore: true*/ folder, `${program}${suffix}`);
}

/** The installations of PostgreSQL's client tools on this machine: in the usual folders, then on the PATH. */
export async function findClientTools(folders?: readonly string[]): Promise<ClientTools[]> {
  const places = folders ?? [...(await usualFolders()), ...pathFolders()];
  const found = await Promise.all([...new Set(places)].map(inspect));
  return found.filter((tools) => tools !== null);
}

async function usualFolders(): Promise<string[]> {
  const key = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';
  const lists = await Promise.all(
    usualPlaces[key].map(async ([parent, pattern, bin]) => {
      const names = await readdir(parent).catch(() => []);
      return names.filter((name) => pattern.test(name)).map((name) => path.join(parent, name, bin));
    }),
  );
  return lists.flat();
}

function pathFolders(): string[] {
  return env()
    .PATH.split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
}

/**
 * What a folder holds: both tools, and the version that pg_dump says. Debian's pg_wrapper, which picks a version by rules
 * of its own, is passed over: what it leads to is found in the usual folders.
 */
async function inspect(folder: string): Promise<ClientTools | null> {
  try {
    const [dump] = await Promise.all([
      realpath(fileOf(folder, 'pg_dump')),
      realpath(fileOf(folder, 'pg_restore')),
    ]);
    if (path.basename(dump) === 'pg_wrapper') return null;
    const { stdout } = await promisify(execFile)(dump, ['--version'], {
      env: versionEnvironment as NodeJS.ProcessEnv,
      timeout: 5_000,
      windowsHide: true,
    });
    const version = parseToolVersion(stdout);
    return version === null ? null : { ...version, folder };
  } catch {
    return null;
  }
}
