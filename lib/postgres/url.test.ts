import { expect, test } from 'vitest';
import { parseServerUrl } from './url';

test('reads every part, decoded', () => {
  expect(parseServerUrl('postgresql://me:p%40ss@db.example:6543/my%20db?sslmode=require')).toEqual({
    host: 'db.example',
    port: 6543,
    tls: { mode: 'require', ca: null },
    login: { user: 'me', password: 'p@ss' },
    database: 'my db',
  });
});

test('a remote host is verified unless it says otherwise, a local one is not', () => {
  expect(parseServerUrl('postgres://me@db.example').tls.mode).toBe('verify-full');
  expect(parseServerUrl('postgres://me@localhost/x').tls.mode).toBe('disable');
  expect(parseServerUrl('postgres://me@[::1]:5432/x')).toMatchObject({
    host: '::1',
    tls: { mode: 'disable' },
  });
  expect(parseServerUrl('postgres://me@db.example').database).toBe('me');
});

test.each(['mysql://x/y', 'nonsense', 'postgres://h/d?sslmode=maybe'])('%s is refused', (text) => {
  expect(() => parseServerUrl(text)).toThrow();
});
