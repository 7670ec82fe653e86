import { expect, test } from 'vitest';
import { dangerOf } from './danger';

test.each([
  ['create table t ()', 'ddl'],
  ['/* c */ drop table t', 'ddl'],
  ['-- c\nalter table t add x int', 'ddl'],
  ['grant select on t to public', 'ddl'],
  ['refresh materialized view v', 'ddl'],
  ['truncate t', 'truncate'],
  ['update t set a = 1', 'update_all'],
  ['update only t set a = 1 from u', 'update_all'],
  ['delete from t', 'delete_all'],
  ['delete from t using u returning *', 'delete_all'],
  ['with a as (select 1 where true) delete from t', 'delete_all'],
  ['with d as (delete from t returning *) select * from d where true', 'delete_all'],
  ['explain analyze delete from t', 'delete_all'],
  ["update t set a = (select 1 where b = 'where')", 'update_all'],
  ['delete from t -- where\n /* where */', 'delete_all'],
  ['prepare p as delete from t', 'delete_all'],
])('%s is dangerous', (sql, danger) => {
  expect(dangerOf(sql)).toBe(danger);
});

test.each([
  'select 1',
  'update t set a = 1 where id = 1',
  'delete from t where id in (select 1)',
  'insert into t values (1) on conflict (id) do update set a = 1',
  'merge into t using u on t.id = u.id when matched then update set a = 1',
  'merge into t using u on t.id = u.id when matched then delete',
  'select * from t for update',
  'select * from t for no key update',
  'select \'delete from t\', "update" from t',
  'select t.update from t',
  'begin',
  'vacuum t',
  '',
  'with d as (delete from t where id = 1 returning *) select * from d',
  '(((',
  ')))',
])('%s is not', (sql) => {
  expect(dangerOf(sql)).toBeNull();
});
