import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './passwords';

test('only the right password is accepted', async () => {
  const stored = await hashPassword('correct horse');
  expect(stored).toMatch(/^scrypt\$32768\$8\$1\$/);
  expect(stored).not.toContain('correct');
  expect(await verifyPassword('correct horse', stored)).toBe(true);
  expect(await verifyPassword('correct horsf', stored)).toBe(false);
  expect(await verifyPassword('', stored)).toBe(false);
});

test('without a stored hash nothing is accepted', async () => {
  expect(await verifyPassword('anything', null)).toBe(false);
});
