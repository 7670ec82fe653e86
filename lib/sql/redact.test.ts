import { expect, test } from 'vitest';
import { redactMessage, redactSecrets } from './redact';

test.each([
  ["alter role a password 'CANARY'", "alter role a password '<redacted>'"],
  ["ALTER ROLE a WITH LOGIN ENCRYPTED PASSWORD\n 'CANARY' valid until 'infinity'", null],
  ["create user a password E'CAN\\'ARY'", null],
  ['create role a password $x$CANARY$x$', null],
  ["create role a password U&'CANARY'", null],
  ["create role a /* password */ password -- now\n 'CANARY'", null],
  ["create user mapping for a server s options (user 'a', password 'CANARY')", null],
  ['create user mapping for a server s options ("password" \'CANARY\')', null],
  ["alter user mapping for a server s options (set password 'CANARY')", null],
  ["create subscription s connection 'host=h password=CANARY' publication p", null],
  ["alter subscription s connection 'host=h password=CANARY'", null],
  ["do $$ begin alter role a password 'CANARY'; end $$", null],
  ["do $a$ begin execute $b$alter role a password 'CANARY'$b$; end $a$", null],
  ["select dblink_connect('host=h password=CANARY')", null],
  ["alter role a password 'CANARY", null],
])('S51: %s', (sql, expected) => {
  const answer = redactSecrets(sql);
  expect(answer).not.toMatch(/CANARY|ARY/);
  expect(answer).toContain('<redacted>');
  if (expected !== null) expect(answer).toBe(expected);
});

test.each([
  'select 1',
  'alter role a password null',
  "select password, 'x' from users where note = 'connection'",
  "insert into t (password) values ('kept')",
  "comment on column t.password is 'kept'",
  'select \'$1\' as "password"',
  'set password_encryption = $$scram-sha-256$$',
])('all else stays: %s', (sql) => {
  expect(redactSecrets(sql)).toBe(sql);
});

test.each([
  ["alter role a password 'CANARY'", 'invalid "CANARY" of CANARY', 'invalid "<redacted>" of <redacted>'],
  ["alter role a password 'CAN''ARY'", "it is CAN'ARY", 'it is <redacted>'],
  ['alter role a password $x$CANARY$x$', 'it is CANARY', 'it is <redacted>'],
  ["do $$ begin alter role a password 'CANARY'; end $$", 'it is CANARY', 'it is <redacted>'],
  [
    "create subscription s connection 'CANARY'",
    'missing "=" after "CANARY"',
    'missing "=" after "<redacted>"',
  ],
  ['select f()', 'no: host=h password=CANARY port=1', 'no: host=h password=<redacted> port=1'],
  ["alter role a password 'a'", 'role "a" does not exist', 'role "a" does not exist'],
  ["select 'kept'", "don't say kept", "don't say kept"],
])('S51: a message about %s', (sql, message, expected) => {
  expect(redactMessage(message, sql)).toBe(expected);
});
