import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['app', 'components', 'lib'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`)
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.startsWith('lib/testing/'))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') })),
);
const filesWith = (pattern: RegExp) =>
  sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

const shell = /\bshell:\s*true|\bexecSync\b|\bexec\(['"`]/;
const loading = /\bimport\((?!['"])|\brequire\((?!['"])|\bcreateRequire\b|\bprocess\.dlopen\b/;
const naming = /\b(?:binary|program|command|module|template|path|file|env)(?:_\w+)?:\s*z\./;

/** What each pattern must find, so that it is known to work. */
test.each([
  [shell, 'spawn(name, [], { shell: true })'],
  [shell, 'exec(`pg_dump -d a`)'],
  [loading, 'await import(name)'],
  [loading, 'require(name)'],
  [naming, 'const schema = z.object({ binary_path: z.string() })'],
  [naming, 'extend({ template: z.string() })'],
])('S43: %s finds %s', (pattern, sample) => {
  expect(sample).toMatch(pattern);
});

test('S43: programs are started in one place, found in another, and nowhere by a shell', () => {
  expect(filesWith(/child_process/).sort()).toEqual([
    'lib/postgres/client-process.ts',
    'lib/postgres/client-tools.ts',
  ]);
  expect(filesWith(shell)).toEqual([]);
});

test('S43: nothing is loaded by a name that was made at run time', () => {
  expect(filesWith(loading)).toEqual([]);
});

test('S43: no field of the API names a program, a module or a file', () => {
  const schemas = filesWith(/z\.object\(|\.extend\(/).filter((file) => file !== 'lib/env.ts');
  expect(schemas.length).toBeGreaterThan(10);
  const named = sources.filter(({ file, text }) => schemas.includes(file) && naming.test(text));
  expect(named.map(({ file }) => file)).toEqual([]);
});
