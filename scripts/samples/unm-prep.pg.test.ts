import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDuplicateIndexes, findOpenRoles, findUnindexedForeignKeys } from './faults';
import { type LoadedTwice, loadTwice } from './loaded-twice';
import { loadUnmPrep } from './unm-prep';

const small = { admins: 4, teachers: 20, students: 1_000, courses: 60 };
const roles = ['readonly', 'reporter'];
let school: LoadedTwice;

beforeAll(async () => {
  school = await loadTwice((client) => loadUnmPrep(client, small), roles);
});

afterAll(() => school.close());

test('two loads give the same rows', async () => {
  const [first, second] = await school.digests();
  expect(first).toEqual(second);
  expect(first).toMatchObject({
    users: expect.stringMatching(/^1024 /),
    students: expect.stringMatching(/^1000 /),
    teachers: expect.stringMatching(/^20 /),
    courses: expect.stringMatching(/^60 /),
    enrolments: expect.stringMatching(/^\d{4} /),
    schema_version: expect.stringMatching(/^4 /),
  });
});

test('the history of versions', async () => {
  const { rows } = await school.client.query(
    'select version, description, applied_at > lag(applied_at) over (order by version) as later from schema_version order by 1',
  );
  expect(rows.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  expect(rows[0]).toEqual({ version: 1, description: 'Initial schema', later: null });
  expect(rows.filter(({ later }) => later === false)).toEqual([]);
});

test('its faults are there: duplicate indexes, foreign keys without one, rows that no constraint forbids', async () => {
  expect(await findDuplicateIndexes(school.client)).toEqual([
    'users: idx_users_email, users_email_key',
    'users: idx_users_username, users_username_key',
  ]);
  expect(await findUnindexedForeignKeys(school.client)).toEqual([
    'courses.teacher_id',
    'enrolments.course_id',
    'students.user_id',
    'teachers.user_id',
  ]);
  const rows = await school.first(`
    select (select array_agg(distinct role collate "C" order by role collate "C")::text from users) as roles,
           (select count(*)::int from students where user_id is null) as without_account,
           (select count(*)::int from (select from students group by user_id having count(user_id) > 1) s) as shared,
           (select bool_and(json_typeof(availability) = 'object') from teachers) as weeks`);
  expect(rows).toEqual({
    roles: '{Student,admin,student,teacher}',
    without_account: 30,
    shared: 4,
    weeks: true,
  });
});

test('nobody logs in as its roles, and what came after the grant is not in it', async () => {
  expect(await findOpenRoles(school.client, roles)).toEqual([]);
  const rights = await school.first(`
    select has_table_privilege('reporter', 'students', 'select') as reads,
           has_table_privilege('reporter', 'students', 'update') as writes,
           has_table_privilege('readonly', 'schema_version', 'select') as versions`);
  expect(rights).toEqual({ reads: true, writes: false, versions: false });
});
