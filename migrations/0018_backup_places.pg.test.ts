import { Kysely, Migrator, PostgresDialect } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from '@/scripts/embedded/test-database';
import { migrations } from '.';

test('a store with backups and schedules of before is upgraded: they lie in the folder, and were taken by one job', async () => {
  const database = await createTestDatabase();
  const pool = new pg.Pool({ connectionString: database.url });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  try {
    expect((await migrator.migrateTo('0011_proven_backups')).error).toBeUndefined();
    const id = '00000000-0000-4000-8000-000000000001';
    await pool.query(`
      insert into jobs (id, kind, status, username) values ('${id}', 'backup', 'succeeded', 'a');
      insert into backups (id, job_id, server_id, server, database, user_id, username, format, expired_at)
        values ('${id}', '${id}', '${id}', 's', 'd', '${id}', 'a', 'custom', '2026-01-01Z');
      insert into backup_schedules (id, server_id, server, database, kind, cron, time_zone, wanted, next_at, user_id, username)
        values ('${id}', '${id}', 's', 'd', 'backup', '0 2 * * *', 'UTC', '{"format": "custom"}', now(), '${id}', 'a')`);
    expect((await migrator.migrateToLatest()).error).toBeUndefined();
    const { rows } = await pool.query('select options, removed_at = expired_at as is_removed from backups');
    expect(rows).toMatchObject([
      { options: { jobs: 1, destination: 'local', contents: 'all' }, is_removed: true },
    ]);
    const schedules = await pool.query('select wanted from backup_schedules');
    expect(schedules.rows).toEqual([{ wanted: { format: 'custom', jobs: 1, destination: 'local' } }]);
  } finally {
    await db.destroy();
    await database.drop();
  }
});
