import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ChildOptions, runNode } from './children';
import { root } from './settings';

const folders = ['app', 'components', 'lib', 'migrations', 'public'];
const standalone = path.join(root, '.next', 'standalone');
const record = path.join(root, '.next', 'howdah-sources');

/** The program that a finished build starts with. */
export const serverProgram = path.join(standalone, 'server.js');

/**
 * Builds the app for production unless the last finished build was of these same sources. Resolves to whether it built.
 */
export async function buildApp(signal?: AbortSignal): Promise<boolean> {
  const sources = await hashSources();
  if (existsSync(serverProgram) && (await readFile(record, 'utf8').catch(() => '')) === sources) return false;
  await rm(record, { force: true });
  const options: ChildOptions = {
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    ...(signal && { signal }),
  };
  const code = await runNode(['node_modules/next/dist/bin/next', 'build'], options);
  if (code !== 0) throw new Error('The build failed; its output is above.');
  await cp(path.join(root, '.next', 'static'), path.join(standalone, '.next', 'static'), { recursive: true });
  const publicFolder = path.join(root, 'public');
  if (existsSync(publicFolder)) await cp(publicFolder, path.join(standalone, 'public'), { recursive: true });
  await writeFile(record, sources);
  return true;
}

/** A hash over the names and contents of all that goes into a build. Tests do not. */
async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await listSources()) {
    hash.update(`${file}\0`);
    hash.update(await readFile(path.join(root, file)));
  }
  return hash.digest('hex');
}

async function listSources(): Promise<string[]> {
  const files = (await readdir(root)).filter(isSourceOfRoot);
  for (const folder of folders.filter((name) => existsSync(path.join(root, name)))) {
    const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) {
        files.push(path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
      }
    }
  }
  return files.sort();
}

function isSourceOfRoot(name: string): boolean {
  if (/^(vitest|playwright)\.config\./.test(name)) return false;
  return /\.config\.\w+$|^(package-lock\.json|tsconfig\.json|\.env|(instrumentation|proxy)\.ts)$/.test(name);
}
