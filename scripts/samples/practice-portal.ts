import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { copyRows } from './copy';
import { type DjangoProject, djangoMigrations, loadDjango, makeDjangoHash, makeSessions } from './django';
import { makePerson, makeUsername, type Person } from './people';
import { type Random, seededRandom } from './random';
import { instant, moment } from './times';

interface Account {
  id: string;
  username: string;
  isStaff: boolean;
}

const seed = 20_240_101;
const opened = Date.UTC(2023, 8, 4, 9, 30);
const closed = Date.UTC(2025, 2, 1);
const minute = 60_000;

const { contenttypes, auth, admin, sessions } = djangoMigrations;

const project: DjangoProject = {
  models: [
    ['admin.logentry', 'log entry'],
    ['auth.permission', 'permission'],
    ['auth.group', 'group'],
    ['contenttypes.contenttype', 'content type'],
    ['sessions.session', 'session'],
    ['users.user', 'user'],
  ],
  runs: [
    // The project's own user model comes before the admin site, which refers to it.
    [opened, [...contenttypes, ...auth, 'users.0001_initial', ...admin, ...sessions]],
    [Date.UTC(2023, 9, 17, 14, 2), ['users.0002_user_indexes']],
    [Date.UTC(2024, 0, 9, 8, 45), ['users.0003_email_and_username_checks']],
  ],
  groups: ['Practice managers', 'Support', 'Editors'],
};

/** The numbers of rows of the whole practice portal. */
export const practicePortalSize = { users: 50_000, sessions: 2_000, log: 3_000 } as const;

/** Makes the practice portal in an empty database: the same rows for the same size. */
export async function loadPracticePortal(
  client: pg.Client,
  size: { users: number; sessions: number; log: number },
): Promise<void> {
  const random = seededRandom(seed);
  const staff: Account[] = [];
  const accounts: Account[] = [];
  await loadDjango(client, project, random);
  await client.query(await readFile(new URL('./practice-portal.sql', import.meta.url), 'utf8'));
  await copyRows(client, `users (${userColumns})`, makeUsers());
  await copyRows(client, 'users_groups (user_id, group_id)', makeMembers(random, staff));
  await copyRows(
    client,
    'users_user_permissions (user_id, permission_id)',
    staff.filter((_, place) => place % 5 === 0).map(({ id }) => [id, String(random.between(21, 24))]),
  );
  await copyRows(client, 'django_session', makeSessions(random, size.sessions, closed));
  await copyRows(client, `django_admin_log (${logColumns})`, makeLog());
  await client.query('analyze');

  function* makeUsers(): Generator<(string | null)[]> {
    for (let number = 1; number <= size.users; number += 1) {
      const person = makePerson(random);
      const isStaff = number <= 3 || random.chance(0.004);
      const account = { id: random.uuid(), username: makeUsername(person, number), isStaff };
      accounts.push(account);
      if (isStaff) staff.push(account);
      yield makeUser(random, account, person, number);
    }
  }

  function* makeLog(): Generator<string[]> {
    const times = Array.from({ length: size.log }, () => moment(random, opened + minute, closed));
    for (const time of times.sort((first, second) => first - second)) {
      yield makeEntry(random, random.pick(staff), random.pick(accounts), time);
    }
  }
}

const userColumns = [
  ...['id', 'username', 'email', 'password', 'first_name', 'last_name', 'is_active', 'is_staff'],
  ...['is_superuser', 'date_joined', 'last_login', 'created_at', 'updated_at'],
].join(', ');

function makeUser(
  random: Random,
  { id, username, isStaff }: Account,
  { given, family }: Person,
  number: number,
): (string | null)[] {
  const joined = moment(random, opened + minute, closed);
  const seen = random.chance(0.85) ? moment(random, joined, closed) : undefined;
  const changed = random.chance(0.5) ? moment(random, joined, closed) : joined;
  const isNamed = random.chance(0.97);
  return [
    ...[id, username, makeAddress(random, username, number), makeDjangoHash(random)],
    ...[isNamed ? given : null, isNamed ? family : null],
    ...[String(random.chance(0.94)), String(isStaff), String(number <= 2)],
    ...[instant(joined), seen === undefined ? null : instant(seen), instant(joined), instant(changed)],
  ];
}

/** One in a thousand has a bar in its last label, as only a check with `[A-Z|a-z]` lets through. */
function makeAddress(random: Random, username: string, number: number): string {
  const end = number % 1_000 === 137 ? 'co|m' : random.pick(['com', 'org', 'net']);
  return `${username}@example.${end}`;
}

function* makeMembers(random: Random, staff: Account[]): Generator<string[]> {
  for (const { id } of staff) yield [id, String(random.between(1, project.groups.length))];
}

const logColumns =
  'action_time, object_id, object_repr, action_flag, change_message, content_type_id, user_id';

function makeEntry(random: Random, by: Account, of: Account, time: number): string[] {
  const isNew = random.chance(0.2);
  const field = random.pick(['Email', 'Active', 'First name', 'Last name', 'Groups']);
  const message = isNew ? '[{"added": {}}]' : `[{"changed": {"fields": ["${field}"]}}]`;
  const userType = String(project.models.length);
  return [instant(time), of.id, of.username, isNew ? '1' : '2', message, userType, by.id];
}
