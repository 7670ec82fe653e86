import { expect, test } from 'vitest';
import { adviceFor } from './advice';

/** The classes of errors in the appendix "PostgreSQL Error Codes", those of success and warnings left out. */
const classes = `03 08 09 0B 0F 0L 0P 0Z 10 20 22 23 24 25 27 28 2B 2D 2F 38 39 3B 40 42 44 53 54 55 57 58 F0 HV P0 XX`;

/** Classes of one code each. */
const codes = `0A000 21000 26000 34000 3D000 3F000 72000`;

test('every class of errors has advice', () => {
  const all = [...classes.split(' ').map((name) => `${name}ZZZ`), ...codes.split(' ')];
  expect(all.filter((sqlstate) => adviceFor(sqlstate) === undefined)).toEqual([]);
});

test('a code has its own before that of its class', () => {
  expect(adviceFor('42P01')).not.toBe(adviceFor('42ZZZ'));
  expect(adviceFor('23505')).toMatch(/key/);
  expect(adviceFor('01000')).toBeUndefined();
  expect(adviceFor(undefined)).toBeUndefined();
});
