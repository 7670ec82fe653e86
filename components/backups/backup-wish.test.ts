import { expect, test } from 'vitest';
import { firstFields, wishOf } from './backup-wish';

const choices = { usual: 'local', destinations: ['local'], isEncrypted: false, hasZstd: true } as const;
const fields = firstFields({ ...choices, destinations: ['local'] });
const whole = {
  contents: 'all',
  format: 'custom',
  compress: 'none',
  relations: null,
  jobs: 1,
  destination: 'local',
};

test('nothing chosen is the whole database as an archive by one job', () => {
  expect(wishOf(fields)).toEqual(whole);
});

test('only the directory format has jobs, and only a script is compressed', () => {
  const typed = { ...fields, compress: 'gzip', jobs: 8 } as const;
  expect(wishOf(typed)).toEqual(whole);
  expect(wishOf({ ...typed, format: 'directory' })).toEqual({ ...whole, format: 'directory', jobs: 8 });
  expect(wishOf({ ...typed, format: 'plain' })).toEqual({ ...whole, format: 'plain', compress: 'gzip' });
});

test('roles are a script of no table', () => {
  expect(wishOf({ ...fields, contents: 'globals', tables: 'public.a' })).toEqual({
    ...whole,
    contents: 'globals',
    format: 'plain',
  });
});

test('a table is named by a line, and its schema ends at the first dot', () => {
  expect(wishOf({ ...fields, tables: ' posts \n\nodd.a.b\n' }).relations).toEqual([
    { schema: 'public', relation: 'posts' },
    { schema: 'odd', relation: 'a.b' },
  ]);
});
