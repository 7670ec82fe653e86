import { expect, test } from 'vitest';
import { decodeName, encodeName, unescapeName } from './names';

const hostile = [
  'blog',
  '.',
  '..',
  '~',
  '~.',
  '~~x',
  'a/b',
  'a%2Fb',
  'ü🐘',
  'a"b\';--',
  '-Fp',
  'a\nb',
  ' ',
  'con\\x',
  'migrations',
  'activity',
];

test.each(hostile)('%j survives a URL', (name) => {
  const url = new URL(`/s/demo/${encodeName(name)}/query`, 'http://localhost');
  const segment = url.pathname.split('/')[3] ?? '';
  expect(url.pathname.split('/')).toHaveLength(5);
  expect(decodeName(segment)).toBe(name);
  expect(unescapeName(decodeURIComponent(segment))).toBe(name);
});

test('a database never has the path of a page of its server', () => {
  for (const name of ['activity', 'migrations', 'wall']) expect(encodeName(name)).toBe(`~${name}`);
});
