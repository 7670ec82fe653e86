import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { encodeName } from './names';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['app', 'components', 'lib', 'migrations', 'scripts', 'e2e'];
const self = 'lib/house.test.ts';
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Every source file, as its path from the root with forward slashes. This one is left out: it names what is banned. */
const files = [
  ...readdirSync(root),
  ...folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name.replaceAll(path.sep, '/')}`,
    ),
  ),
].filter((file) => /\.(ts|tsx|mjs|css|sql)$/.test(file) && file !== 'next-env.d.ts' && file !== self);

const sources = files.map((file) => ({ file, text: read(file) }));
const linesOf = (text: string) => text.trimEnd().split('\n').length;

test('there is a house to look at', () => {
  expect(files).toEqual(expect.arrayContaining(['proxy.ts', 'app/(desk)/page.tsx', 'lib/store/db.ts']));
});

describe('no source', () => {
  test('has over 300 lines, tests aside', () => {
    const long = sources.filter(({ file, text }) => !isTest(file) && linesOf(text) > 300);
    expect(long.map(({ file, text }) => `${file}: ${linesOf(text)}`)).toEqual([]);
  });

  // Each row: what, how it is found, and a line that it must find, so that the pattern is known to work.
  test.each([
    ['a server action', /['"]use server['"]/, "'use server';"],
    ['a cast through unknown', /\bas unknown as\b/, 'value as unknown as Target'],
    ['any', /(?::|\bas|<)\s*any\b\s*(?=[;,)\]>=|&[{]|$)/m, 'function run(input: any) {}'],
    [
      'a type imported inline, past the linter',
      /\bimport\(['"](?:\.|@\/)[^)]*\)\.\w/,
      "let x: import('./store/db').Store;",
    ],
    ['an unfinished note', /\b(?:TODO|FIXME|XXX)\b/, '// TODO: later'],
    [
      'a test that runs alone or not',
      /\b(?:test|it|describe)(?:\.\w+)*\.(?:only|skip|todo|fixme)\b/,
      'test.only(',
    ],
    ['eval', /\beval\s*\(|\bnew Function\b|['"](?:node:)?vm['"]/, "import vm from 'node:vm';"],
    ['HTML made of text', /\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b/, 'cell.innerHTML = text;'],
  ])('holds %s', (_, pattern, sample) => {
    expect(sample).toMatch(pattern);
    expect(sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)).toEqual([]);
  });

  test('sets inner HTML, but for the constant theme script', () => {
    const themed = 'dangerouslySetInnerHTML={{ __html: themeScript }}';
    const found = sources.filter(({ text }) => text.includes('dangerouslySetInnerHTML'));
    expect(found.map(({ file }) => file)).toEqual(['app/layout.tsx']);
    expect(found[0]?.text.split('dangerouslySetInnerHTML')).toHaveLength(2);
    expect(found[0]?.text).toContain(themed);
  });

  test('reads the environment, but for the two that validate it and four that cannot wait for them', () => {
    const found = sources.filter(({ text }) =>
      /process\.env\b|\benv\b[^;]*(?:=|from) '?(?:node:)?process\b/.test(text),
    );
    expect(
      found
        .map(({ file }) => file)
        .filter((file) => !/\.test\.tsx?$/.test(file))
        .sort(),
    ).toEqual([
      'instrumentation.ts',
      'lib/env.ts',
      'lib/testing/environment.ts',
      'proxy.ts',
      'scripts/bootstrap.mjs',
      'scripts/settings.ts',
    ]);
  });
});

describe('a door', () => {
  const doors = sources.filter(({ file }) => /^app\/.*\b(?:page|route)\.\w+$/.test(file));
  const routes = doors.filter(({ file }) => /\/route\.\w+$/.test(file));
  const pages = doors.filter(({ file }) => /\/page\.\w+$/.test(file));
  const signIn = 'app/api/auth/[...nextauth]/route.ts';

  test('to the API is made by route(), openRoute() or tokenRoute()', () => {
    expect(routes.length).toBeGreaterThan(5);
    const wrong = routes.filter(({ file, text }) => file !== signIn && !isMadeByRoute(text));
    expect(wrong.map(({ file }) => file)).toEqual([]);
    expect(isMadeByRoute("import { route } from '@/lib/route';\nexport async function GET() {}")).toBe(false);
    expect(isMadeByRoute("export const GET = route('browse', schema, list);")).toBe(false);
  });

  test("to the session is next-auth's", () => {
    expect(exportsOf(read(signIn))).toEqual(['export { handler as GET, handler as POST };']);
    expect(read(signIn)).toContain('NextAuth(authOptions(headers))');
  });

  test('is open to anybody only where it must be', () => {
    const open = routes.filter(({ text }) => text.includes('openRoute('));
    expect(open.map(({ file }) => file).sort()).toEqual([
      'app/api/health/live/route.ts',
      'app/api/health/route.ts',
    ]);
    const byToken = routes.filter(({ text }) => text.includes('tokenRoute('));
    expect(byToken.map(({ file }) => file).sort()).toEqual([
      'app/api/v1/invites/accept/route.ts',
      'app/api/v1/invites/read/route.ts',
      'app/api/v1/setup/route.ts',
    ]);
    const outside = pages.filter(({ file }) => !file.startsWith('app/(desk)/'));
    expect(outside.map(({ file }) => file).sort()).toEqual([
      'app/invite/page.tsx',
      'app/setup/page.tsx',
      'app/sign-in/page.tsx',
    ]);
  });

  test('to the desk is made by page()', () => {
    const inside = pages.filter(({ file }) => file.startsWith('app/(desk)/'));
    expect(inside.length).toBeGreaterThan(3);
    expect(inside.filter(({ text }) => !isMadeByPage(text)).map(({ file }) => file)).toEqual([]);
    expect(isMadeByPage('export default async function Page() {}')).toBe(false);
  });

  test('of a server takes no name from a database', () => {
    const names = pages.map(({ file }) => /^app\/\(desk\)\/s\/\[server\]\/([\w-]+)\//.exec(file)?.[1]);
    const taken = names.filter((name) => name !== undefined);
    expect(taken).toContain('migrations');
    expect(taken.filter((name) => encodeName(name) === name)).toEqual([]);
  });

  test('is thin: a handler has at most 40 lines, a page 50', () => {
    const thick = [
      ...routes.filter(({ text }) => linesOf(text) > 40),
      ...pages.filter(({ text }) => linesOf(text) > 50),
    ];
    expect(thick.map(({ file }) => file)).toEqual([]);
  });
});

describe('the packages', () => {
  type Package = { optionalDependencies?: Record<string, string>; resolved?: string };
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> };
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string>
  >;

  test('have exact versions', () => {
    const all = Object.entries({ ...dependencies, ...devDependencies });
    expect(all.length).toBeGreaterThan(20);
    expect(
      all.filter(([, version]) => !/^(?:npm:[\w./@-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
    ).toEqual([]);
  });

  test('are all in the lockfile, those of other platforms too', () => {
    const wanted = Object.entries(lock.packages).flatMap(([holder, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => [holder, name] as const),
    );
    expect(wanted.length).toBeGreaterThan(50);
    const missing = wanted.filter(
      ([holder, name]) => !placesOf(holder, name).some((place) => place in lock.packages),
    );
    expect(missing).toEqual([]);
  });

  test('name no registry, so that any may serve them', () => {
    const named = Object.entries(lock.packages).filter(([, { resolved }]) => resolved !== undefined);
    expect(named.map(([place]) => place)).toEqual([]);
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});

function isTest(file: string): boolean {
  return file.startsWith('e2e/') || /\.test\.tsx?$/.test(file);
}

function exportsOf(text: string): string[] {
  return text.split('\n').filter((line) => /^\s*export\b/.test(line));
}

function isMadeByRoute(text: string): boolean {
  const handlers = exportsOf(text).map(
    (line) => /^export const [A-Z]+ = (route|openRoute|tokenRoute)\(/.exec(line)?.[1],
  );
  const imported = /^import \{([^}]*)\} from '@\/lib\/route';$/m.exec(text)?.[1]?.split(',') ?? [];
  const names = new Set(imported.map((name) => name.trim()));
  return handlers.length > 0 && handlers.every((maker) => maker !== undefined && names.has(maker));
}

function isMadeByPage(text: string): boolean {
  return /^export default page\(/m.test(text) && /^import \{ page \} from '@\/lib\/page';$/m.test(text);
}

/** Where npm may have put a package that `holder` asks for: inside it, or in any folder above. */
function placesOf(holder: string, name: string): string[] {
  const above = holder.includes('node_modules/')
    ? placesOf(holder.slice(0, holder.lastIndexOf('node_modules/')).replace(/\/$/, ''), name)
    : [];
  return [`${holder === '' ? '' : `${holder}/`}node_modules/${name}`, ...above];
}
