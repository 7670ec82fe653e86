import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { isUnfinishedName, unfinishedName } from './unfinished-database';

test('a restore knows its own names, and no other that looks like one', () => {
  expect(isUnfinishedName(unfinishedName(randomUUID()))).toBe(true);
  for (const name of ['howdah_restore_', 'howdah_restore_notes', `x${unfinishedName(randomUUID())}`]) {
    expect(isUnfinishedName(name), name).toBe(false);
  }
});
