import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadBackendDb } from './backend-db';
import { findDuplicateIndexes, findUnindexedForeignKeys } from './faults';
import { type LoadedTwice, loadTwice } from './loaded-twice';

const small = { users: 300, orders: 900, sessions: 20, log: 40 };
let backend: LoadedTwice;

beforeAll(async () => {
  backend = await loadTwice((client) => loadBackendDb(client, small));
});

afterAll(() => backend.close());

test('two loads give the same rows', async () => {
  const [first, second] = await backend.digests();
  expect(first).toEqual(second);
  expect(first).toMatchObject({
    auth_user: expect.stringMatching(/^300 /),
    core_profile: expect.stringMatching(/^294 /),
    core_order: expect.stringMatching(/^900 /),
    django_content_type: expect.stringMatching(/^8 /),
    auth_permission: expect.stringMatching(/^32 /),
    auth_user_user_permissions: '0 ',
  });
});

test("the history is as Django 5 leaves it with its own users: the admin site needs auth's first only", async () => {
  const { rows } = await backend.client.query(
    "select app || '.' || left(name, 4) as migration from django_migrations order by id",
  );
  expect(rows.map(({ migration }) => migration)).toEqual([
    ...['contenttypes.0001', 'auth.0001', 'admin.0001', 'admin.0002', 'admin.0003', 'contenttypes.0002'],
    ...[
      'auth.0002',
      'auth.0003',
      'auth.0004',
      'auth.0005',
      'auth.0006',
      'auth.0007',
      'auth.0008',
      'auth.0009',
    ],
    ...['auth.0010', 'auth.0011', 'auth.0012', 'core.0001', 'sessions.0001', 'core.0002', 'core.0003'],
  ]);
});

test("every right belongs to a content type, in Django's words", async () => {
  const { rows } = await backend.client.query(`
    select app_label || '.' || codename as codename, name
    from auth_permission p join django_content_type c on c.id = p.content_type_id
    where c.model = 'logentry' order by p.id`);
  expect(rows).toEqual([
    { codename: 'admin.add_logentry', name: 'Can add log entry' },
    { codename: 'admin.change_logentry', name: 'Can change log entry' },
    { codename: 'admin.delete_logentry', name: 'Can delete log entry' },
    { codename: 'admin.view_logentry', name: 'Can view log entry' },
  ]);
});

test('the indexes are those of the models: two columns, and the newest first', async () => {
  const { rows } = await backend.client.query(`
    select indexdef from pg_indexes where indexname ~ '_idx$' order by indexname collate "C"`);
  expect(rows.map(({ indexdef }) => indexdef.replace(/^.* ON /, ''))).toEqual([
    'public.auth_user USING btree (last_name, first_name)',
    'public.core_order USING btree (created_at DESC)',
    'public.core_profile USING btree (created_at DESC)',
  ]);
  expect(await findDuplicateIndexes(backend.client)).toEqual([]);
  expect(await findUnindexedForeignKeys(backend.client)).toEqual([]);
});
