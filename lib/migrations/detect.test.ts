import { describe, expect, test } from 'vitest';
import { recognise } from './read-histories';
import type { Candidate } from './relations';

/** A table from `name type` pairs; a `!` after the name makes the column a key. */
function table(name: string, ...columns: string[]): Candidate {
  return {
    schema: 'public',
    name,
    role: 'howdah_read',
    isReachable: true,
    hasRowSecurity: false,
    columns: columns.map((text) => {
      const [column = '', type = 'null'] = text.split(' ');
      return {
        name: column.replace('!', ''),
        type: type === 'null' ? null : type,
        isReadable: true,
        isUnique: column.endsWith('!'),
      };
    }),
  };
}

const toolOf = (candidate: Candidate) => {
  const found = recognise(candidate);
  return found === null ? null : `${found.tool.tool}${found.shape === null ? ' by name only' : ''}`;
};

const django = ['id! int8', 'app varchar', 'name varchar', 'applied timestamptz'];

describe('a history is known by its shape', () => {
  test.each([
    ['django', table('django_migrations', ...django)],
    ['django', table('Renamed Ledger', ...django)],
    [
      'django',
      table('django_migrations', 'id int4', 'app text', 'name text', 'applied timestamp', 'note text'),
    ],
    ['alembic', table('alembic_version', 'version_num! varchar')],
    ['alembic', table('revision of the app', 'version_num varchar')],
    ['kysely', table('kysely_migration', 'name! varchar', 'timestamp varchar')],
    ['kysely', table('my_migrations', 'name! varchar', 'timestamp varchar')],
    ['schema_version', table('schema_version', 'version! int4', 'applied_at timestamp', 'description text')],
    ['schema_version', table('SCHEMA_VERSION', 'version int4')],
    ['schema_version', table('ledger', 'version! text', 'installed_on timestamptz', 'checksum int4')],
    [
      'flyway',
      table('history', 'installed_rank! int4', 'version varchar', 'installed_on timestamp', 'success bool'),
    ],
    [
      'flyway',
      table(
        'schema_version',
        'installed_rank! int4',
        'version varchar',
        'installed_on timestamp',
        'success bool',
      ),
    ],
  ])('%s', (tool, candidate) => {
    expect(toolOf(candidate)).toBe(tool);
  });
});

describe('no history', () => {
  test.each([
    ['more columns than Django has', table('installs', ...django, 'device text')],
    ['a device that has versions', table('firmware', 'version int4', 'applied_at timestamp', 'device text')],
    ['no key', table('log', 'version int4', 'applied_at timestamp')],
    ['no time', table('lock_demo', 'id! int8', 'version int4')],
    ['a time with a name', table('events', 'name varchar', 'timestamp timestamptz')],
    ['a name and a text that is no key', table('words', 'name varchar', 'timestamp varchar')],
    ['a revision of a document', table('documents', 'id! int8', 'version_num varchar')],
    ['a domain, not a text', table('odd', 'version_num null')],
    ['no columns', table('nothing')],
  ])('%s', (_, candidate) => {
    expect(toolOf(candidate)).toBeNull();
  });

  test.each([
    ['django', table('django_migrations', 'id int4', 'app varchar', 'name varchar')],
    ['django', table('django_migrations', 'id uuid', 'app varchar', 'name varchar', 'applied text')],
    ['alembic', table('alembic_version')],
    ['alembic', table('ALEMBIC_VERSION', 'version_num bytea')],
    ['kysely', table('kysely_migration', 'name varchar', 'timestamp timestamptz')],
    ['schema_version', table('schema_version', 'version json')],
  ])('but the name of one: %s', (tool, candidate) => {
    expect(toolOf(candidate)).toBe(`${tool} by name only`);
  });
});
