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

test.each(['db', '10.1.2.3', '192.168.0.9', '172.20.0.2', 'pg.internal', '[fd12::1]'])(
  'TLS may be left out near by: %s',
  (host) => {
    expect(parseServerUrl(`postgres://me@${host}/x?sslmode=disable`).tls.mode).toBe('disable');
  },
);

test.each([
  'mysql://x/y',
  'nonsense',
  'postgres://h/d?sslmode=maybe',
  'postgres://h/d?options=-c%20search_path%3Devil',
  'postgres://h/d?service=prod',
  'postgres://h/d?passfile=/etc/passwd',
  'postgres://h/d?sslkey=/etc/shadow',
  'postgres://h/d?sslrootcert=/etc/passwd',
  'postgres://h/d?host=/tmp',
  'postgres://h/d?hostaddr=169.254.169.254',
  'postgres://h/d?sslmode=require&sslmode=disable',
  'postgres://db.example.com/d?sslmode=disable',
  'postgres://db.example.com/d?sslmode=prefer',
  'postgres://8.8.8.8/d?sslmode=allow',
  'postgres://a,b/d',
  'postgres://a:1,b:2/d',
  'postgres://%2Ftmp/d',
  'postgres:///d',
  'postgres://2852039166/d',
  'postgres://0xa9fea9fe/d',
  'postgres://0251.0376.0251.0376.1/d',
])('S45, S44: %s is refused', (text) => {
  expect(() => parseServerUrl(text)).toThrow();
});
