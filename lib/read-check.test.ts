import { describe, expect, test, vi } from 'vitest';
import { AppError } from './errors';
import { checkRead } from './read-check';
import { readScript } from './script';
import { attacks } from './testing/attacks';
import { legitimateReads, newerReads } from './testing/legitimate-reads';

const reads = [...Object.values(legitimateReads).flat(), ...newerReads];

test('at least 200 legitimate reads, each of its own', () => {
  expect(new Set(reads).size).toBeGreaterThanOrEqual(200);
  expect(new Set(reads).size).toBe(reads.length);
});

describe('S27: the read level takes', () => {
  test.each(reads.map((sql) => [sql]))('%s', (sql) => {
    expect(checkRead(sql)).toBeNull();
  });
});

describe('the read level refuses', () => {
  const texts = attacks.filter(({ held }) => held === 'check');

  test.each(texts.map((attack) => [attack.case, attack.sql]))('%s: %s', (_, template) => {
    const sql = template.replace('{pid}', '1');
    const read = () => readScript(sql, { level: 'read', isOneTransaction: false, hasParams: false });
    expect(read).toThrow(AppError);
    const error = errorOf(read);
    expect(error.code).toBe('invalid');
    expect(error.hint).toMatch(/\w{3}/);
  });

  test('S15: one statement is what PostgreSQL takes for one', () => {
    expect(checkRead('select 1; select 2')?.message).toMatch(/as several/);
    expect(checkRead('')?.message).toMatch(/as several/);
  });

  test('what the grammar does not know, with its place in characters', () => {
    expect(checkRead("select 'é', from t")).toMatchObject({ sqlstate: '42601', position: 13 });
    const read = { level: 'read', isOneTransaction: false, hasParams: false } as const;
    const [first, second] = readScript('select 1; selec 2', read);
    expect(first?.failure).toBeNull();
    expect(second?.failure).toMatchObject({
      code: 'query_failed',
      sqlstate: '42601',
      position: 1,
      message: 'syntax error at or near "selec"',
    });
    expect(() => readScript('selec 1; drop table t', read)).toThrow(
      /^Statement 2 of 2: The read level takes/,
    );
    const [sent] = readScript('selec 2', { ...read, level: 'write' });
    expect(sent?.failure).toBeNull();
  });

  test('a function that acts, wherever it stands and however it is written', () => {
    for (const sql of [
      'select 1 from t where pg_catalog . "pg_notify"(a, b) is null',
      'select * from PG_LS_DIR($$.$$)',
      'select * from rows from (pg_ls_waldir(), generate_series(1, 2))',
      'select sum(lo_unlink(1)) over (partition by lo_create(2))',
      'select case when true then set_config($$a$$, $$b$$, true) end',
      'values (pg_switch_wal())',
      'select 1 limit pg_advisory_lock(1)',
      'explain select pg_reload_conf()',
      'select 1 union select 2 union select pg_stat_reset()',
      'select array[pg_switch_wal()]',
    ]) {
      expect(checkRead(sql)?.message, sql).toMatch(/\(\) .*, and this run is at the read level/);
    }
    expect(checkRead('select pg_stat_get_db_stat_reset_time(1), advisory_lock(1), notify_pg()')).toBeNull();
  });
});

test('a text that overflows the parser is refused, and harms no other: not the first, not the hundredth', async () => {
  const deep = `select 1${'+1'.repeat(50_000)}`;
  for (let run = 0; run < 100; run++) {
    expect(checkAgain(deep)).toMatch(/too deeply|is not there/);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await vi.waitFor(() => expect(checkRead('select 1')).toBeNull(), 20_000);
});

function checkAgain(sql: string): string | undefined {
  try {
    return checkRead(sql)?.message;
  } catch (error) {
    return error instanceof AppError ? error.message : String(error);
  }
}

function errorOf(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('no AppError was thrown');
}
