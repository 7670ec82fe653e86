import { expect, test } from 'vitest';
import { isServerTrouble, readsAsServerTrouble } from './server-trouble';

test.each(['08006', '53100', '53300', '57P01', '57P03', '58030'])('%s is of the server', (sqlstate) => {
  expect(isServerTrouble(sqlstate)).toBe(true);
});

test.each([undefined, '57014', '22P02', '42P01', '42501', 'XX001'])('%s is not', (sqlstate) => {
  expect(isServerTrouble(sqlstate)).toBe(false);
});

test.each([
  'error: COPY failed for table "t": FATAL:  terminating connection due to administrator command',
  'could not execute query: server closed the connection unexpectedly',
  'connection to server at "127.0.0.1", port 5432 failed: Connection refused',
  'could not execute query: ERROR:  could not extend file "base/1/2": No space left on device',
])('%s: of the server', (words) => {
  expect(readsAsServerTrouble(words)).toBe(true);
});

test.each([
  'input file does not appear to be a valid archive',
  'could not read from input file: end of file',
  'could not uncompress data: invalid distance too far back',
  'COPY failed for table "t": ERROR:  invalid input syntax for type integer: "server"',
  'out of memory',
])('%s: of the file', (words) => {
  expect(readsAsServerTrouble(words)).toBe(false);
});
