import { describe, expect, test } from 'vitest';
import { classify } from './classify';

describe('verb', () => {
  test.each<[statement: string, verb: string]>([
    ['', ''],
    ['-- only a comment', ''],
    ['= 1', ''],
    ["'select'", ''],
    ['"select" 1', ''],
    ['frobnicate t', 'FROBNICATE'],
    ['select 1', 'SELECT'],
    ['/* insert */ -- delete\n SeLeCt 1', 'SELECT'],
    ['\u017felect 1', ''],
    ['((select 1) union select 2)', 'SELECT'],
    ['values (1)', 'SELECT'],
    ['table t', 'SELECT'],
    ['with a as (select 1) select * from a', 'SELECT'],
    ['with a as (select 1), b(x) as materialized (select 2) insert into t select 1', 'INSERT'],
    ['with recursive update as (select 1), delete as (select 2) merge into t using s on true', 'MERGE'],
    ['with a as (select 1) search depth first by update set insert delete from t', 'DELETE'],
    ['with a as (delete from t returning *) (select 1)', 'SELECT'],
    ['with a as (select 1) values (1)', 'SELECT'],
    ['create table t ()', 'CREATE TABLE'],
    ['create temp table t as select 1', 'CREATE TABLE'],
    ['create unlogged table if not exists t ()', 'CREATE TABLE'],
    ['create unique index concurrently i on t (a)', 'CREATE INDEX'],
    ['create or replace temp recursive view v (a) as select 1', 'CREATE VIEW'],
    ['create materialized view v as select 1', 'CREATE MATERIALIZED VIEW'],
    ['create or replace function f() returns int return 1', 'CREATE FUNCTION'],
    ['create constraint trigger x after insert on t', 'CREATE TRIGGER'],
    ['create event trigger x on ddl_command_end', 'CREATE EVENT TRIGGER'],
    ['create foreign data wrapper w', 'CREATE FOREIGN DATA WRAPPER'],
    ['create user u', 'CREATE ROLE'],
    ['create user mapping for u server s', 'CREATE USER MAPPING'],
    ['drop group g', 'DROP ROLE'],
    ['drop owned by u', 'DROP OWNED'],
    ['drop text search configuration c', 'DROP TEXT SEARCH CONFIGURATION'],
    ['alter default privileges grant select on tables to r', 'ALTER DEFAULT PRIVILEGES'],
    ["create default conversion c for 'LATIN1' to 'UTF8' from f", 'CREATE CONVERSION'],
    ['create', 'CREATE'],
    ['refresh materialized view v', 'REFRESH MATERIALIZED VIEW'],
    ['truncate t', 'TRUNCATE TABLE'],
    ['lock t', 'LOCK TABLE'],
    ['analyse t', 'ANALYZE'],
    ['declare c cursor for select 1', 'DECLARE CURSOR'],
    ['set constraints all deferred', 'SET CONSTRAINTS'],
    ['set transaction read only', 'SET'],
    ['explain analyze delete from t', 'EXPLAIN'],
    ['prepare p as select 1', 'PREPARE'],
    ['\\d t', ''],
  ])('%s', (statement, verb) => {
    expect(classify(statement).verb).toBe(verb);
  });
});

describe('transaction', () => {
  test.each<[statement: string, transaction: string | null]>([
    ['begin', 'begin'],
    ['BEGIN ISOLATION LEVEL SERIALIZABLE', 'begin'],
    ['start transaction read only', 'begin'],
    ['commit and chain', 'commit'],
    ['end work', 'commit'],
    ['rollback', 'rollback'],
    ['rollback work and no chain', 'rollback'],
    ['abort', 'rollback'],
    ['savepoint s', 'savepoint'],
    ['release s', 'savepoint'],
    ['rollback to s', 'savepoint'],
    ['/**/ rollback transaction to savepoint s', 'savepoint'],
    ["prepare transaction 'x'", 'prepare'],
    ["commit prepared 'x'", 'prepare'],
    ["rollback prepared 'x'", 'prepare'],
    ['prepare p as select 1', null],
    ['set transaction read write', null],
    ['select 1', null],
    ["select 'commit'", null],
    ['"commit"', null],
    ['do $$begin commit; end$$', null],
  ])('%s', (statement, transaction) => {
    expect(classify(statement).transaction).toBe(transaction);
  });
});

describe('outsideTransaction', () => {
  test.each([
    'vacuum',
    '/* x */ VACUUM (full) t',
    'create database d',
    'drop database if exists d',
    "create tablespace s location '/x'",
    'drop tablespace s',
    'alter system set work_mem = 1',
    'create index concurrently i on t (a)',
    'create unique index /**/ concurrently if not exists i on t (a)',
    'drop index concurrently i',
    'reindex table concurrently t',
    'reindex index concurrently i',
    'reindex (verbose, concurrently) table t',
    'reindex (concurrently true) table t',
    'reindex database d',
    'reindex system d',
    'reindex schema s',
    'reindex (verbose) schema s',
    'cluster',
    'cluster verbose',
    'cluster (verbose)',
    "create subscription s connection '' publication p",
    'alter subscription s disable',
    'drop subscription s',
    'alter database d set tablespace s',
    'alter table t detach partition s."p" concurrently',
    'alter table if exists only t detach partition p concurrently',
    'discard all',
    'call p()',
    "do 'begin end'",
    "commit prepared 'x'",
  ])('true: %s', (statement) => {
    expect(classify(statement).outsideTransaction).toBe(true);
  });

  test.each([
    'select 1',
    'begin',
    'commit',
    'analyze t',
    'vacuumed',
    "select 'vacuum'",
    '"vacuum"',
    'create index i on t (a)',
    'create index "concurrently" on t (a)',
    'drop index s.concurrently',
    'reindex table t',
    'reindex (concurrently off) table t',
    'reindex index "database"',
    'cluster t',
    'cluster verbose t using i',
    'cluster "verbose"',
    'alter database d set search_path = tablespace',
    'alter database d rename to e',
    'alter tablespace s rename to r',
    'alter table t detach partition p',
    'alter table t detach partition p finalize',
    'refresh materialized view concurrently v',
    'discard plans',
    'checkpoint',
    'explain select 1',
    "prepare transaction 'x'",
    '',
    '\\vacuum',
  ])('false: %s', (statement) => {
    expect(classify(statement).outsideTransaction).toBe(false);
  });
});

describe('copy', () => {
  test.each<[statement: string, copy: string | null]>([
    ['COPY t FROM STDIN', 'from-stdin'],
    ['copy s.t (a, b) from stdin with (format csv)', 'from-stdin'],
    ['copy binary t from stdin', 'from-stdin'],
    ['copy t from stdout', 'from-stdin'],
    ['copy "from stdin" to stdout', 'to-stdout'],
    ["copy (select 'from stdin') to stdout", 'to-stdout'],
    ['copy (select a from (select 1) stdin) to /* file */ stdout', 'to-stdout'],
    ['copy s.from to stdout', 'to-stdout'],
    ["copy t from program 'x'", null],
    ["copy t to 'stdout'", null],
    ["copy (select 1) to '/tmp/x'", null],
    ['copy t', null],
    ["select 'copy t from stdin'", null],
  ])('%s', (statement, copy) => {
    expect(classify(statement).copy).toBe(copy);
  });
});

test.each<[statement: string, metaCommand: string | null]>([
  ['\\d users', '\\d'],
  ['-- x\n \\d+', '\\d+'],
  ['\\q;', '\\q'],
  ['\\x\\echo', '\\x'],
  ['\\', '\\'],
  ['select 1 \\gx', null],
  ["'\\d'", null],
])('metaCommand of %s', (statement, metaCommand) => {
  expect(classify(statement).metaCommand).toBe(metaCommand);
});

test('unfinished text does not throw', () => {
  for (const text of [
    "copy t from '",
    'with a as (',
    'reindex (concurrently',
    'create "',
    '/* x',
    '$a$',
    '\ud800',
    ')',
  ]) {
    expect(() => classify(text)).not.toThrow();
  }
});
