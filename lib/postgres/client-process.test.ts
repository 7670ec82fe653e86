import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTool, type ToolRun } from './client-process';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'howdah-process-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a shell script as pg_restore, and answers its output and its messages. */
async function run(script: string, more: Partial<ToolRun> = {}) {
  const program = path.join(folder, 'pg_restore');
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
  const messages: string[] = [];
  const output = await readTool({
    ...{ program, args: [], endpoint: null, input: null, applicationName: 'test' },
    signal: new AbortController().signal,
    onMessage: (message) => messages.push(message),
    ...more,
  });
  return { output, messages };
}

const say = (...lines: string[]) => lines.map((line) => `echo '${line}' >&2`).join('\n');
const timeout = say(
  'pg_restore: while INITIALIZING:',
  'pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter',
  'Command was: SET transaction_timeout = 0;',
);
const forgives = (message: string) => message.endsWith('\nCommand was: SET transaction_timeout = 0;');

test('an error is quoted without its command', async () => {
  await expect(run(`${timeout}\nexit 1`)).rejects.toMatchObject({
    code: 'query_failed',
    message:
      'pg_restore ended with code 1: could not execute query: ERROR:  unrecognized configuration parameter',
  });
});

describe('a tool that may go on after some errors', () => {
  test('succeeds when it had no others', async () => {
    const script = `${timeout}\necho done\n${say('pg_restore: warning: errors ignored on restore: 1')}\nexit 1`;
    const { output, messages } = await run(script, { forgives });
    expect(output).toBe('done\n');
    expect(messages).toHaveLength(3);
  });

  test('is judged by the whole message, however late its command comes', async () => {
    const script = `${timeout.replace(/\n(?=echo 'Command)/, '\nsleep 0.2\n')}
${say('pg_restore: warning: errors ignored on restore: 1')}\nexit 1`;
    expect((await run(script, { forgives })).messages).toHaveLength(3);
  });

  test('is ended at the first other one', async () => {
    const script = `${timeout}\n${say('pg_restore: error: no space', 'Command was: CREATE TABLE a ();')}
${say('pg_restore: creating TABLE')}\nexec sleep 60`;
    await expect(run(script, { forgives })).rejects.toMatchObject({ message: 'pg_restore failed: no space' });
  });

  test.each([
    ['counts more errors than were heard', 'pg_restore: warning: errors ignored on restore: 2', 1],
    ['does not say how many it went past', 'pg_restore: creating TABLE', 1],
    ['ends in another way', 'pg_restore: warning: errors ignored on restore: 1', 3],
  ])('fails when it %s', async (_, line, code) => {
    await expect(run(`${timeout}\n${say(line)}\nexit ${code}`, { forgives })).rejects.toMatchObject({
      message: `pg_restore ended with code ${code}: it did not say why`,
    });
  });
});
