import { expect, test } from 'vitest';
import { seededRandom } from './random';

test('the same seed gives the same values, for ever', () => {
  const random = seededRandom(7);
  expect([random.between(1, 1_000), random.between(1, 1_000), random.pick(['a', 'b', 'c'])]).toEqual([
    12,
    62,
    'c',
  ]);
  expect(seededRandom(7).uuid()).toBe(seededRandom(7).uuid());
});

test('uuids have the form of version 4 and do not repeat', () => {
  const random = seededRandom(1);
  const made = Array.from({ length: 10_000 }, () => random.uuid());
  expect(new Set(made).size).toBe(10_000);
  for (const uuid of made)
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('between holds both ends', () => {
  const random = seededRandom(2);
  const seen = new Set(Array.from({ length: 1_000 }, () => random.between(-1, 2)));
  expect([...seen].sort()).toEqual([-1, 0, 1, 2]);
});
