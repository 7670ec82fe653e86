import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { entries } from '@/e2e/entries';
import { type Permission, permissions } from './permissions';

const app = fileURLToPath(new URL('../app', import.meta.url));

/** The address of a file: folders in brackets of the round kind are not part of it. */
function addressOf(file: string): string {
  const segments = path.dirname(file).split('/');
  return `/${segments.filter((segment) => segment !== '.' && !/^\(.*\)$/.test(segment)).join('/')}`;
}

function leastOf(permission: string): string {
  return permission in permissions
    ? permissions[permission as Permission]
    : `unknown permission ${permission}`;
}

/** What a handler's or a page's own text says of who may enter, by method. */
function declaredIn(file: string): [entry: string, least: string][] {
  const text = readFileSync(path.join(app, file), 'utf8');
  const address = addressOf(file);
  if (file.endsWith('page.tsx')) {
    const permission = /^export default page\(\s*'([\w-]+)'/m.exec(text)?.[1];
    return [[`PAGE ${address}`, permission === undefined ? 'anybody' : leastOf(permission)]];
  }
  const made = text.matchAll(/^export const ([A-Z]+) = (?:route\(\s*'([\w-]+)'|openRoute\(|tokenRoute\()/gm);
  const routes = [...made].map(([, method, permission]) => [
    `${method} ${address}`,
    permission === undefined ? 'anybody' : leastOf(permission),
  ]);
  const renamed = [...text.matchAll(/\bas (GET|POST|PUT|PATCH|DELETE)\b/g)].map(([, method]) => [
    `${method} ${address}`,
    'anybody',
  ]);
  return [...routes, ...renamed] as [string, string][];
}

const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => /(?:^|\/)(?:page\.tsx|route\.ts)$/.test(file));
const declared = new Map(files.flatMap(declaredIn));

test('S01: every entry is in the list of e2e/entries.ts, with the role that it asks for', () => {
  expect(declared.size).toBeGreaterThan(40);
  const missing = [...declared].filter(([entry, least]) => entries[entry] !== least);
  const say = missing.map(([entry, least]) => `  '${entry}': '${least}',`).join('\n');
  expect(missing, `Put this into e2e/entries.ts, if it is meant:\n${say}\n`).toEqual([]);
});

test('the list names no entry that is not there', () => {
  const gone = Object.keys(entries).filter((entry) => !declared.has(entry));
  expect(gone, `Take these lines out of e2e/entries.ts: ${gone.join(', ')}`).toEqual([]);
});

test('every file that is an entry declares one', () => {
  expect(files.filter((file) => declaredIn(file).length === 0)).toEqual([]);
});
