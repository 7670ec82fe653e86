// What comes before node_modules exists: the version of Node, the packages, then a TypeScript program. No dependencies.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const installedLock = `${root}node_modules/.howdah-lock-hash`;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Checks Node, installs the packages if they are not those of package-lock.json, runs `script` with our arguments, ends as it ends. */
export async function bootstrap(script) {
  requireNode(20, 9);
  await installPackages();
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', script, ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    },
  );
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  followNpm(child);
  process.exitCode = await exitOf(child);
}

/** When npm is ended it ends only the shell between us, and without this the program would go on alone. */
function followNpm(child) {
  // biome-ignore lint/style/noProcessEnv: before the settings can be loaded
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  setInterval(() => process.ppid !== shell && child.kill('SIGTERM'), 500).unref();
}

function requireNode(major, minor) {
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  console.error(`Howdah needs Node ${major}.${minor} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

async function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  if (existsSync(installedLock) && readFileSync(installedLock, 'utf8') === lock) return;
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1_000);
  console.log('• Installing the packages of package-lock.json (half a minute to two minutes)');
  const timer = setInterval(() => console.log(`  still installing, ${seconds()} s`), 10_000);
  const child = spawn('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const code = await exitOf(child);
  clearInterval(timer);
  if (code !== 0) {
    console.error('The packages could not be installed; the reason is above.');
    process.exit(1);
  }
  writeFileSync(installedLock, lock);
}

function exitOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
