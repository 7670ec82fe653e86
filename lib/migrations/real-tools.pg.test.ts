import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, type TestContext, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/scripts/embedded/test-database';
import { makeTemporaryFolder } from '@/scripts/temporary-folder';
import type { MigrationHistory } from './history';
import { readHistories } from './read-histories';

/** Django and Alembic themselves, from Debian's packages, are asked what our reader is asked: a Python a command. */
const slow = { timeout: 120_000 };

let folder: string;
let database: TestDatabase;
let db: Kysely<unknown>;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  database = await createTestDatabase();
  db = new Kysely({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.url }) }),
  });
});
afterEach(async () => {
  await db.destroy();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** A Python that has `module` and psycopg2; else the test is skipped and says why. */
function pythonWith(module: string, { skip }: TestContext): string {
  const found = ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', `import ${module}, psycopg2`]).status === 0,
  );
  if (found !== undefined) return found;
  const reason = `no python3 here has ${module} and psycopg2; on Debian: apt-get install python3-django alembic python3-psycopg2`;
  console.log(`skipped: ${reason}`);
  return skip(reason);
}

/** Runs `python -m …` in the project and answers its lines. */
function run(python: string, ...words: string[]): string[] {
  const child = spawnSync(python, ['-m', ...words], { cwd: folder, encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`${words.join(' ')}: ${child.stdout}\n${child.stderr}`);
  return child.stdout.split('\n').filter((line) => line.trim() !== '');
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

async function theHistory(): Promise<MigrationHistory> {
  const { items } = await readHistories(db);
  expect(items).toHaveLength(1);
  return items[0] as MigrationHistory;
}

const idsOf = ({ items }: MigrationHistory) => items.map(({ id }) => id).sort();
const codesOf = ({ problems }: MigrationHistory) => problems.map(({ code }) => code);

async function writeDjangoProject(): Promise<void> {
  const { hostname, port, username, password } = new URL(database.url);
  const connection = {
    ENGINE: 'django.db.backends.postgresql',
    NAME: database.name,
    HOST: hostname,
    PORT: port,
    USER: decodeURIComponent(username),
    PASSWORD: decodeURIComponent(password),
  };
  await write(
    'settings.py',
    `SECRET_KEY = 'x'
USE_TZ = True
INSTALLED_APPS = ['django.contrib.contenttypes', 'django.contrib.auth', 'shop']
DATABASES = {'default': ${JSON.stringify(connection)}}
`,
  );
  for (const file of ['shop/__init__.py', 'shop/models.py', 'shop/migrations/__init__.py'])
    await write(file, '');
}

async function writeShop(name: string, after: string[], replaces: string[] = []): Promise<void> {
  const refer = (names: string[]) => names.map((other) => `('shop', '${other}')`).join(', ');
  await write(
    `shop/migrations/${name}.py`,
    `from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [${refer(after)}]
    replaces = [${refer(replaces)}]
    operations = []
`,
  );
}

test('Django agrees on what is applied', slow, async (context) => {
  const python = pythonWith('django', context);
  const django = (...words: string[]) =>
    run(python, 'django', ...words, '--settings=settings', '--pythonpath=.');
  const plan = () => {
    const lines = django('showmigrations', '--plan').map((line) => /^\[(.)\] +(\S+)/.exec(line) ?? []);
    const marked = (mark: string) => lines.flatMap(([, state, id = '']) => (state === mark ? [id] : []));
    return { applied: marked('X'), pending: marked(' ') };
  };
  const expectAgreement = async () => {
    const history = await theHistory();
    const { applied } = plan();
    expect(idsOf(history)).toEqual([...applied].sort());
    const currentOf = (app: string) => applied.findLast((id) => id.startsWith(`${app}.`));
    expect(history.current).toEqual(history.apps?.map(({ app }) => currentOf(app)));
    return history;
  };

  await writeDjangoProject();
  await writeShop('0001_initial', []);
  await writeShop('0002_more', ['0001_initial']);
  await writeShop('0003_left', ['0002_more']);
  expect((await readHistories(db)).items).toEqual([]);

  django('migrate', 'auth', '0003');
  django('migrate', 'shop', '0002');
  const partial = await expectAgreement();
  expect(plan().pending).toContain('shop.0003_left');
  expect(partial).toMatchObject({ tool: 'django', table: 'public.django_migrations', problems: [] });
  expect(partial.last_applied_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d/);

  django('migrate');
  django('migrate', 'shop', '0001');
  await expectAgreement();

  django('migrate');
  await writeShop('0003_right', ['0002_more']);
  await writeShop('0004_merge_left_right', ['0003_left', '0003_right']);
  django('migrate', 'shop', '0003_right');
  expect(codesOf(await theHistory())).toEqual(['same_number']);
  expect(idsOf(await theHistory())).toEqual([...plan().applied].sort());
  django('migrate');
  expect((await expectAgreement()).problems).toEqual([]);
});

test('Django agrees on squashed migrations, and leaves those they replace', slow, async (context) => {
  const python = pythonWith('django', context);
  await writeDjangoProject();
  const replaced = ['0001_initial', '0002_more'];
  await writeShop('0001_initial', []);
  await writeShop('0002_more', ['0001_initial']);
  await writeShop('0001_squashed_0002_more', [], replaced);
  const django = (...words: string[]) =>
    run(python, 'django', ...words, '--settings=settings', '--pythonpath=.');
  django('migrate', 'shop');
  const lines = django('showmigrations', '--plan');
  expect(lines).toContain('[X]  shop.0001_squashed_0002_more');
  const history = await theHistory();
  expect(history.current).toEqual(['shop.0001_squashed_0002_more']);
  expect(idsOf(history)).toEqual(
    [...replaced, '0001_squashed_0002_more'].map((name) => `shop.${name}`).sort(),
  );
  expect(codesOf(history)).toEqual(['squashed']);
});

async function writeAlembicProject(schema: string): Promise<void> {
  const url = database.url.replace(/^postgres:/, 'postgresql:');
  await write('alembic.ini', '[alembic]\nscript_location = scripts\n');
  await write(
    'scripts/env.py',
    `from alembic import context
from sqlalchemy import create_engine

with create_engine(${JSON.stringify(url)}).connect() as connection:
    context.configure(connection=connection, version_table_schema=${JSON.stringify(schema)})
    with context.begin_transaction():
        context.run_migrations()
    if hasattr(connection, 'commit'):
        connection.commit()
`,
  );
}

async function writeRevision(revision: string, after: string[]): Promise<void> {
  const down = after.length === 0 ? 'None' : `(${after.map((name) => `'${name}'`).join(', ')},)`;
  await write(
    `scripts/versions/${revision}.py`,
    `"""${revision}"""
revision = '${revision}'
down_revision = ${down}
branch_labels = None
depends_on = None

def upgrade():
    pass

def downgrade():
    pass
`,
  );
}

test('Alembic agrees on what is current, in any schema, with several heads', slow, async (context) => {
  const python = pythonWith('alembic', context);
  const alembic = (...words: string[]) => run(python, 'alembic', ...words);
  const revisions = (lines: string[]) => lines.map((line) => line.split(' ')[0] ?? '').sort();
  const expectAgreement = async () => {
    const history = await theHistory();
    const current = revisions(alembic('current'));
    expect(history.current).toEqual(current);
    const marked = alembic('history', '--indicate-current').filter((line) => line.includes('(current)'));
    expect(marked).toHaveLength(current.length);
    for (const id of current) expect(marked.join('\n')).toMatch(new RegExp(`-> ${id}\\b`));
    return history;
  };

  const onDatabase = new pg.Client({ connectionString: database.url });
  await onDatabase.connect();
  await onDatabase.query('create schema "Odd Schema"');
  await onDatabase.end();
  await writeAlembicProject('Odd Schema');
  await writeRevision('a1', []);
  await writeRevision('b1', ['a1']);
  await writeRevision('b2', ['a1']);
  expect(alembic('current')).toEqual([]);

  alembic('upgrade', 'a1');
  expect(await expectAgreement()).toMatchObject({
    tool: 'alembic',
    table: '"Odd Schema".alembic_version',
    current: ['a1'],
    last_applied_at: null,
    problems: [],
  });

  alembic('upgrade', 'heads');
  const branched = await expectAgreement();
  expect(branched.heads).toEqual(revisions(alembic('heads')));
  expect(codesOf(branched)).toEqual(['several_heads']);

  await writeRevision('c1', ['b1', 'b2']);
  expect((await expectAgreement()).current).toEqual(['b1', 'b2']);
  alembic('upgrade', 'head');
  expect(await expectAgreement()).toMatchObject({ heads: revisions(alembic('heads')), problems: [] });

  alembic('downgrade', 'base');
  expect(alembic('current')).toEqual([]);
  expect(codesOf(await theHistory())).toEqual(['empty']);
});
