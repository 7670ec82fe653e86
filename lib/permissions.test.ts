import { expect, test } from 'vitest';
import { hasPermission, levelInForce } from './permissions';

test.each([
  ['reviewer', 'owner', 'development', 'read'],
  ['developer', 'read', 'development', 'read'],
  ['developer', 'owner', 'development', 'owner'],
  ['developer', 'owner', 'production', 'write'],
  ['admin', 'owner', 'production', 'owner'],
  ['admin', 'write', 'production', 'write'],
] as const)('%s with %s on %s works at %s', (role, granted, environment, level) => {
  expect(levelInForce(role, granted, environment)).toBe(level);
});

test('a permission belongs to its least role and to those above', () => {
  expect(hasPermission('reviewer', 'run-as-owner')).toBe(false);
  expect(hasPermission('developer', 'run-as-owner')).toBe(true);
  expect(hasPermission('admin', 'run-as-owner')).toBe(true);
});
