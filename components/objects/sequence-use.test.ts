import { describe, expect, it } from 'vitest';
import { usedOf } from './sequence-use';

const int4 = { minimum: '1', maximum: '2147483647', increment: '1' };

describe('usedOf', () => {
  it.each([
    [null, '–'],
    ['3', '< 0.1%'],
    ['107374182', '4.9%'],
    ['2040109464', '94%'],
    ['2147483647', '100%'],
  ])('of an integer at %s is %s', (last_value, used) => {
    expect(usedOf({ ...int4, last_value })).toBe(used);
  });

  it('is exact to 2^63, and counts down where the sequence does', () => {
    const int8 = { minimum: '1', maximum: '9223372036854775807', increment: '1' };
    expect(usedOf({ ...int8, last_value: '9223372036854775806' })).toBe('99%');
    const falling = { minimum: '-1000', maximum: '-1', increment: '-1' };
    expect(usedOf({ ...falling, last_value: '-1000' })).toBe('100%');
    expect(usedOf({ minimum: '1', maximum: '1', increment: '1', last_value: '1' })).toBe('100%');
  });
});
