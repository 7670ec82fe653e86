import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDuplicateIndexes, findOpenRoles, findUnindexedForeignKeys } from './faults';
import { type LoadedTwice, loadTwice } from './loaded-twice';
import { loadPracticePortal, practicePortalSize } from './practice-portal';

const small = { users: 1_500, sessions: 50, log: 60 };
const roles = ['practice_portal_read', 'practice_portal_write'];
let portal: LoadedTwice;

beforeAll(async () => {
  portal = await loadTwice((client) => loadPracticePortal(client, small), roles);
});

afterAll(() => portal.close());

test('two loads give the same rows', async () => {
  const [first, second] = await portal.digests();
  expect(first).toEqual(second);
  expect(first).toMatchObject({
    users: expect.stringMatching(/^1500 /),
    django_session: expect.stringMatching(/^50 /),
    django_admin_log: expect.stringMatching(/^60 /),
    django_content_type: expect.stringMatching(/^6 /),
    auth_permission: expect.stringMatching(/^24 /),
    django_migrations: expect.stringMatching(/^21 /),
  });
  expect(practicePortalSize.users).toBe(50_000);
});

test('the history is as Django 5 leaves it: own user model before the admin site', async () => {
  const { rows } = await portal.client.query(
    "select app || '.' || name as migration, applied > lag(applied) over (order by id) as later from django_migrations order by id",
  );
  expect(rows.map(({ migration }) => migration)).toEqual([
    'contenttypes.0001_initial',
    'contenttypes.0002_remove_content_type_name',
    'auth.0001_initial',
    'auth.0002_alter_permission_name_max_length',
    'auth.0003_alter_user_email_max_length',
    'auth.0004_alter_user_username_opts',
    'auth.0005_alter_user_last_login_null',
    'auth.0006_require_contenttypes_0002',
    'auth.0007_alter_validators_add_error_messages',
    'auth.0008_alter_user_username_max_length',
    'auth.0009_alter_user_last_name_max_length',
    'auth.0010_alter_group_name_max_length',
    'auth.0011_update_proxy_permissions',
    'auth.0012_alter_user_first_name_max_length',
    'users.0001_initial',
    'admin.0001_initial',
    'admin.0002_logentry_remove_auto_add',
    'admin.0003_logentry_add_action_flag_choices',
    'sessions.0001_initial',
    'users.0002_user_indexes',
    'users.0003_email_and_username_checks',
  ]);
  expect(rows.filter(({ later }) => later === false)).toEqual([]);
  const identity = await portal.first(`
    select format_type(atttypid, null) as type, attidentity as identity from pg_attribute
    where attrelid = 'django_migrations'::regclass and attname = 'id'`);
  expect(identity).toEqual({ type: 'bigint', identity: 'd' });
});

test('its faults are there: each key of a user has three indexes, and a bar passes the check', async () => {
  expect(await findDuplicateIndexes(portal.client)).toEqual([
    'users: idx_users_email, idx_users_email_unique, users_email_unique',
    'users: idx_users_username, idx_users_username_unique, users_username_unique',
  ]);
  expect(await findUnindexedForeignKeys(portal.client)).toEqual([]);
  const barred = await portal.first("select count(*)::int as count from users where email like '%|%'");
  expect(barred).toEqual({ count: 2 });
  await expect(portal.client.query("update users set email = 'nobody'")).rejects.toThrow('users_email_check');
  await expect(portal.client.query("update users set username = 'x'")).rejects.toThrow(
    'users_username_check',
  );
});

test('its roles read or write, and nobody logs in as one', async () => {
  expect(await findOpenRoles(portal.client, roles)).toEqual([]);
  const rights = await portal.first(`
    select has_table_privilege('practice_portal_read', 'users', 'select') as reads,
           has_table_privilege('practice_portal_read', 'users', 'insert') as read_writes,
           has_table_privilege('practice_portal_write', 'users', 'insert') as writes,
           obj_description('users'::regclass) as comment`);
  expect(rights).toEqual({
    reads: true,
    read_writes: false,
    writes: true,
    comment: 'The main user table for authentication and authorization.',
  });
});
