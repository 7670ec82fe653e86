import { expect, test } from 'vitest';
import { nameColumns } from './name-columns';

test.each([
  ['select * from m.people', 'select id, "Full Name" from m.people'],
  ['select * from m.people where id = 1 -- *', 'select id, "Full Name" from m.people where id = 1 -- *'],
  ['select p.*, 1 from people p', 'select p.id, p."Full Name", 1 from people p'],
  ['select "P" . * from people "P"', 'select "P".id, "P"."Full Name" from people "P"'],
  ["select 'ü🐘', * from people", `select 'ü🐘', id, "Full Name" from people`],
  ['select *, * from people', 'select id, "Full Name", id, "Full Name" from people'],
  ['select 2 * 3, * from people', 'select 2 * 3, id, "Full Name" from people'],
  ['explain select * from people', 'explain select id, "Full Name" from people'],
])('%s becomes %s', (statement, expected) => {
  expect(nameColumns(statement, ['id', 'Full Name'])).toBe(expected);
});

test.each([
  'select count(*) from people',
  'select password from people',
  'select * from people join others using (id)',
  'select * from a, b',
  'table people',
  'select * form people',
])('%s is left', (statement) => {
  expect(nameColumns(statement, ['id'])).toBeNull();
});
