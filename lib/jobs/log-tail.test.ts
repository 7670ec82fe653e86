import { expect, test } from 'vitest';
import { createLogTail } from './log-tail';

test('keeps the newest lines within its bound', () => {
  const tail = createLogTail();
  for (let line = 0; line < 5_000; line++) tail.add(`line ${line}`);
  expect(tail.text().length).toBeLessThanOrEqual(16_000);
  expect(tail.text().endsWith('line 4999')).toBe(true);
  expect(tail.text()).not.toContain('line 0\n');
});

test('cuts a line that is too long, and takes out NUL', () => {
  const tail = createLogTail();
  tail.add(`a\0${'b'.repeat(5_000)}`);
  expect(tail.text()).toHaveLength(1_000);
  expect(tail.text()).not.toContain('\0');
});

test.each([
  ["OPTIONS (user 'x', password 's3cret')", "OPTIONS (user 'x', password '…')"],
  ["password 'it''s s3cret'", "password '…'"],
  ["CONNECTION 'host=a password=s3cret dbname=b'", "CONNECTION 'host=a password=… dbname=b'"],
])('keeps the password of %s to itself', (line, shown) => {
  const tail = createLogTail();
  tail.add(line);
  expect(tail.text()).toBe(shown);
});
