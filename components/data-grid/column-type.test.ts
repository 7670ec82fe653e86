import { expect, test } from 'vitest';
import { columnKind, typeLabel } from './column-type';

test('kinds follow the oid, not the name', () => {
  expect(columnKind({ name: 'a', type: 'numeric', type_oid: 1700 })).toBe('number');
  expect(columnKind({ name: 'a', type: 'int8', type_oid: 99_999 })).toBe('other');
  expect(columnKind({ name: 'a', type: 'timestamp', type_oid: 1114 })).toBe('timestamp');
});

test('arrays of built-in types are written with brackets', () => {
  expect(typeLabel({ name: 'a', type: '_int4', type_oid: 1007 })).toBe('int4[]');
  expect(columnKind({ name: 'a', type: '_int4', type_oid: 1007 })).toBe('array');
  expect(typeLabel({ name: 'a', type: '_mine', type_oid: 20_000 })).toBe('_mine');
});
