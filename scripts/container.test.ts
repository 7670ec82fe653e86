import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from './settings';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

type Instruction = { word: string; rest: string };

/** The instructions of a Dockerfile, continued lines joined, comments left out. */
function instructions(text: string): Instruction[] {
  const joined = text.replace(/^#.*\n/gm, '').replace(/\\\n\s*/g, ' ');
  return joined
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      expect(word, `an instruction: ${line}`).not.toBe('');
      return { word, rest };
    });
}

const steps = instructions(read('Dockerfile'));
const last = steps.findLastIndex(({ word }) => word === 'FROM');
const final = steps.slice(last);

test('the image runs as somebody who is not root, from the last stage on', () => {
  const users = final.filter(({ word }) => word === 'USER').map(({ rest }) => rest);
  expect(users).toEqual(['node']);
  const user = final.findIndex(({ word }) => word === 'USER');
  const privileged = final.slice(user).filter(({ word }) => word === 'RUN' || word === 'COPY');
  expect(privileged).toEqual([]);
});

test('it starts what the build makes, in a form that gets signals itself', () => {
  const command = final.find(({ word }) => word === 'CMD')?.rest ?? '';
  expect(JSON.parse(command)).toEqual(['node', '.next/standalone/server.js']);
  const health = final.find(({ word }) => word === 'HEALTHCHECK')?.rest ?? '';
  expect(health).toContain('/api/health/live');
  expect(JSON.parse(/CMD (\[.*\])$/.exec(health)?.[1] ?? 'null')).toHaveLength(3);
});

test('it holds the client tools of every major that the tests run on', () => {
  const packages = final.flatMap(({ rest }) => rest.match(/postgresql-client-\d+/g) ?? []);
  expect(packages).toEqual([14, 15, 16, 17, 18].map((major) => `postgresql-client-${major}`));
});

test('no secret goes into the image, and none of what a developer keeps', () => {
  const set = steps.filter(({ word }) => word === 'ENV' || word === 'ARG').map(({ rest }) => rest);
  expect(set.join(' ')).not.toMatch(/SECRET|PASSWORD|DATABASE_URL/);
  expect(read('.dockerignore').split('\n')).toEqual(
    expect.arrayContaining(['.git', '.howdah', 'node_modules', '.env.local']),
  );
});

test('every stage that is copied from is there, and what runs of it without a build is a dependency', () => {
  const stages = steps.flatMap(({ word, rest }) =>
    word === 'FROM' ? (/ AS (\w+)$/.exec(rest)?.[1] ?? []) : [],
  );
  const used = steps.flatMap(({ rest }) => /--from=(\w+)/.exec(rest)?.[1] ?? []);
  expect(stages).toEqual(expect.arrayContaining(used));
  const { dependencies, scripts } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >;
  expect(dependencies).toHaveProperty('tsx');
  expect(scripts?.start).toBe('node .next/standalone/server.js');
});

test('the composition starts nothing without its secrets, and the worker runs what npm does', () => {
  const compose = read('compose.yaml');
  for (const name of ['HOWDAH_SECRET', 'STORE_PASSWORD']) expect(compose).toContain(`\${${name}:?`);
  expect(compose).not.toMatch(/privileged|network_mode: host|docker\.sock/);
  const command: string[] = JSON.parse(/command: (\[.*worker.*\])/.exec(compose)?.[1] ?? '[]');
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  expect(scripts.worker).toContain(command.at(-1));
  expect(compose).toContain('HOWDAH_JOBS: elsewhere');
});
