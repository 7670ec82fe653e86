import { describe, expect, it } from 'vitest';
import { safePath } from './safe-path';

const origin = 'http://howdah.example:3000';

describe('safePath', () => {
  it.each([
    ['/', '/'],
    ['/s/demo/blog/query?history=1#x', '/s/demo/blog/query?history=1#x'],
    ['/s/demo/a%2Fb/query', '/s/demo/a%2Fb/query'],
  ])('lets %s pass', (value, path) => expect(safePath(value, origin)).toBe(path));

  it.each([
    null,
    undefined,
    '',
    'history',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
  ])('sends %j home', (value) => expect(safePath(value, origin)).toBe('/'));
});
