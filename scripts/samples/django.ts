import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { copyRows } from './copy';
import type { Random } from './random';
import { instant, moment } from './times';

/** A Django project as its database knows it. */
export interface DjangoProject {
  /** Its content types in the order of their ids, each `app.model` with the verbose name. */
  models: readonly (readonly [type: string, name: string])[];
  /** Each run of `manage.py migrate`: when it began, and what it applied, in order, as `app.name`. */
  runs: readonly (readonly [at: number, migrations: readonly string[]])[];
  groups: readonly string[];
}

/** The migrations of Django 5's own apps. Which come first depends on the project's user model. */
export const djangoMigrations = {
  contenttypes: ['contenttypes.0001_initial', 'contenttypes.0002_remove_content_type_name'],
  auth: [
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
  ],
  admin: [
    'admin.0001_initial',
    'admin.0002_logentry_remove_auto_add',
    'admin.0003_logentry_add_action_flag_choices',
  ],
  sessions: ['sessions.0001_initial'],
} as const;

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const alphanumeric = base64.slice(0, -2);

/** Makes Django's own tables, and fills those that `migrate` fills; of each group, the rights to add and to change. */
export async function loadDjango(
  client: pg.Client,
  { models, runs, groups }: DjangoProject,
  random: Random,
): Promise<void> {
  await client.query(await readFile(new URL('./django.sql', import.meta.url), 'utf8'));
  await copyRows(client, 'django_migrations (app, name, applied)', makeHistory(runs, random));
  await copyRows(
    client,
    'django_content_type (app_label, model)',
    models.map(([type]) => splitName(type)),
  );
  await copyRows(client, 'auth_permission (name, content_type_id, codename)', makePermissions(models));
  await copyRows(
    client,
    'auth_group (name)',
    groups.map((name) => [name]),
  );
  await client.query(`
    insert into auth_group_permissions (group_id, permission_id)
    select g.id, p.id
    from auth_group g
    join auth_permission p on p.codename ~ '^(add|change)_'
    order by g.id, p.id`);
}

/** Sessions that end in the two weeks after `now`, some of which nobody cleared though they ended before. */
export function* makeSessions(random: Random, count: number, now: number): Generator<string[]> {
  const fortnight = 14 * 86_400_000;
  for (let number = 1; number <= count; number += 1) {
    const data = `.eJ${random.text(alphanumeric, 120)}:${random.text(alphanumeric, 6)}:${random.text(alphanumeric, 43)}`;
    const key = random.text('abcdefghijklmnopqrstuvwxyz0123456789', 32);
    yield [key, data, instant(moment(random, now - fortnight, now + fortnight))];
  }
}

/** The form of Django 5.1's PBKDF2 with SHA-256; no password fits it. */
export function makeDjangoHash(random: Random): string {
  return `pbkdf2_sha256$870000$${random.text(alphanumeric, 22)}$${random.text(base64, 43)}=`;
}

function* makeHistory(runs: DjangoProject['runs'], random: Random): Generator<string[]> {
  for (const [at, migrations] of runs) {
    let time = at;
    for (const migration of migrations) {
      time += random.between(3, 60);
      yield [...splitName(migration), instant(time)];
    }
  }
}

function* makePermissions(models: DjangoProject['models']): Generator<string[]> {
  for (const [place, [type, name]] of models.entries()) {
    const [, model] = splitName(type);
    for (const action of ['add', 'change', 'delete', 'view']) {
      yield [`Can ${action} ${name}`, String(place + 1), `${action}_${model}`];
    }
  }
}

function splitName(name: string): [app: string, rest: string] {
  const dot = name.indexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}
