import { spawn } from 'node:child_process';
import { serverProgram } from '../build';
import { exitOf } from '../children';
import { findFreePort } from '../ports';
import { inherit } from '../settings';

const nowhere = 'postgres://nobody:x@127.0.0.1:1/nowhere';

type Case = { name: string; env: Record<string, string>; says: RegExp };

const cases: Case[] = [
  { name: 'without HOWDAH_SECRET', env: { HOWDAH_SECRET: '' }, says: /HOWDAH_SECRET is not set/ },
  { name: 'with a short HOWDAH_SECRET', env: { HOWDAH_SECRET: 'short' }, says: /HOWDAH_SECRET/ },
  {
    name: 'with HOWDAH_START=fail and no store',
    env: { HOWDAH_SECRET: 'x'.repeat(32), HOWDAH_START: 'fail' },
    says: /Nothing listens/,
  },
];

/** Starts the production app as it must not start, and answers what did not end with exit code 1 and its reason. */
export async function startUnsafely(): Promise<string[]> {
  const problems: string[] = [];
  for (const { name, env, says } of cases) {
    const { code, output } = await start(env);
    if (code !== 1) problems.push(`${name}: exit code ${code}`);
    if (!says.test(output)) problems.push(`${name}: it says: ${output.slice(-300)}`);
  }
  return problems;
}

async function start(env: Record<string, string>): Promise<{ code: number; output: string }> {
  const port = String(await findFreePort('127.0.0.1'));
  const added = {
    NODE_ENV: 'production',
    DATABASE_URL: nowhere,
    HOWDAH_OWNER_URL: '',
    PORT: port,
    HOSTNAME: '127.0.0.1',
  };
  const child = spawn(process.execPath, [serverProgram], { env: inherit({ ...added, ...env }) });
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await exitOf(child);
  clearTimeout(timer);
  return { code, output };
}
