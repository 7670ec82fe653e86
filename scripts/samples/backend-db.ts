import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { copyRows } from './copy';
import { type DjangoProject, djangoMigrations, loadDjango, makeDjangoHash, makeSessions } from './django';
import { makePerson, makeUsername } from './people';
import { type Random, seededRandom } from './random';
import { instant, moment } from './times';

interface Size {
  users: number;
  orders: number;
  sessions: number;
  log: number;
}

const seed = 20_250_503;
const opened = Date.UTC(2025, 0, 14, 16, 20);
const closed = Date.UTC(2025, 8, 1);
const minute = 60_000;

const { contenttypes, auth, admin, sessions } = djangoMigrations;

const project: DjangoProject = {
  models: [
    ['admin.logentry', 'log entry'],
    ['auth.permission', 'permission'],
    ['auth.group', 'group'],
    ['auth.user', 'user'],
    ['contenttypes.contenttype', 'content type'],
    ['sessions.session', 'session'],
    ['core.profile', 'profile'],
    ['core.order', 'order'],
  ],
  runs: [
    [
      opened,
      [
        // With Django's own user model: migrate goes by the apps' names, and admin needs only the first of auth.
        ...[...contenttypes.slice(0, 1), ...auth.slice(0, 1), ...admin],
        ...[...contenttypes.slice(1), ...auth.slice(1), 'core.0001_initial', ...sessions],
      ],
    ],
    [Date.UTC(2025, 1, 3, 10, 5), ['core.0002_add_user_profile_fields']],
    [Date.UTC(2025, 2, 19, 13, 31), ['core.0003_user_indexes']],
  ],
  groups: ['Operators', 'Auditors'],
};

/** The numbers of rows of the whole backend. */
export const backendDbSize = { users: 5_000, orders: 20_000, sessions: 400, log: 600 } as const;

/** Makes the backend in an empty database: the same rows for the same size. */
export async function loadBackendDb(client: pg.Client, size: Size): Promise<void> {
  const random = seededRandom(seed);
  const staff = Math.min(20, size.users);
  await loadDjango(client, project, random);
  await client.query(await readFile(new URL('./backend-db.sql', import.meta.url), 'utf8'));
  await copyRows(client, `auth_user (${userColumns})`, makeUsers(random, size.users, staff));
  await copyRows(client, 'auth_user_groups (user_id, group_id)', makeMembers(random, staff));
  await copyRows(client, `core_profile (${profileColumns})`, makeProfiles(random, size.users));
  await copyRows(client, 'core_order (number, status, total, created_at, user_id)', makeOrders(random, size));
  await copyRows(client, 'django_session', makeSessions(random, size.sessions, closed));
  await copyRows(client, `django_admin_log (${logColumns})`, makeLog(random, size, staff));
  await client.query('analyze');
}

const userColumns = [
  ...['password', 'last_login', 'is_superuser', 'username', 'first_name', 'last_name', 'email'],
  ...['is_staff', 'is_active', 'date_joined'],
].join(', ');

function* makeUsers(random: Random, users: number, staff: number): Generator<(string | null)[]> {
  for (let number = 1; number <= users; number += 1) {
    const person = makePerson(random);
    const username = makeUsername(person, number);
    const joined = moment(random, opened + minute, closed);
    const seen = random.chance(0.8) ? instant(moment(random, joined, closed)) : null;
    yield [
      ...[makeDjangoHash(random), seen, String(number === 1), username, person.given, person.family],
      // Django's own user model does not ask for an address, nor for one of one's own.
      random.chance(0.03) ? '' : `${username}@example.com`,
      ...[String(number <= staff), String(random.chance(0.95)), instant(joined)],
    ];
  }
}

function* makeMembers(random: Random, staff: number): Generator<string[]> {
  for (let user = 1; user <= staff; user += 1) {
    yield [String(user), String(random.between(1, project.groups.length))];
  }
}

const profileColumns = 'bio, avatar, preferences, created_at, user_id';

/** One user in fifty never got a profile. */
function* makeProfiles(random: Random, users: number): Generator<(string | null)[]> {
  for (let user = 1; user <= users; user += 1) {
    if (user % 50 === 0) continue;
    const preferences = {
      theme: random.pick(['light', 'dark', 'system']),
      language: random.pick(['en', 'de', 'fr', 'pt-br']),
      newsletter: random.chance(0.3),
    };
    const avatar = random.chance(0.4) ? `avatars/${user}.png` : null;
    const created = instant(moment(random, opened + minute, closed));
    const bio = random.chance(0.5) ? `Likes ${random.pick(['tea', 'chess', 'trains', 'jazz', 'maps'])}.` : '';
    yield [bio, avatar, JSON.stringify(preferences), created, String(user)];
  }
}

function* makeOrders(random: Random, { orders, users }: Size): Generator<string[]> {
  for (let number = 1; number <= orders; number += 1) {
    const place = random.next();
    yield [
      `A-${String(number).padStart(7, '0')}`,
      random.pick(['new', 'paid', 'paid', 'shipped', 'shipped', 'shipped', 'cancelled']),
      `${random.between(1, 900)}.${String(random.between(0, 99)).padStart(2, '0')}`,
      instant(moment(random, opened + minute, closed)),
      String(1 + Math.floor(place * place * users)),
    ];
  }
}

const logColumns =
  'action_time, object_id, object_repr, action_flag, change_message, content_type_id, user_id';

function* makeLog(random: Random, { log, orders }: Size, staff: number): Generator<string[]> {
  const times = Array.from({ length: log }, () => moment(random, opened + minute, closed));
  const orderType = String(project.models.length);
  for (const time of times.sort((first, second) => first - second)) {
    const order = random.between(1, orders);
    const message = '[{"changed": {"fields": ["Status"]}}]';
    const by = String(random.between(1, staff));
    yield [instant(time), String(order), `Order object (${order})`, '2', message, orderType, by];
  }
}
