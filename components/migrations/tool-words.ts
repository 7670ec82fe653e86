import type { MigrationHistory, MigrationTool } from '@/lib/api-types';
import { quoteLiteral } from '@/lib/sql/literal';

/** What people call each tool. */
export const toolNames: Record<MigrationTool, string> = {
  django: 'Django',
  alembic: 'Alembic',
  kysely: 'Kysely',
  flyway: 'Flyway',
  schema_version: 'Plain SQL',
};

/** The table that each tool is known by, for whoever wonders why theirs was not found. */
export const lookedFor: readonly { tool: MigrationTool; table: string; columns: string }[] = [
  { tool: 'django', table: 'django_migrations', columns: 'id, app, name, applied' },
  { tool: 'alembic', table: 'alembic_version', columns: 'version_num' },
  { tool: 'kysely', table: 'kysely_migration', columns: 'name, timestamp' },
  {
    tool: 'flyway',
    table: 'flyway_schema_history',
    columns: 'installed_rank, version, installed_on, success …',
  },
  { tool: 'schema_version', table: 'schema_version', columns: 'version, applied_at, description' },
];

/** A command to run in the project, and what it answers. */
export type Command = { purpose: string; command: string };

/** What to run in the project, exactly; of plain SQL the row to insert. */
export function commandsOf({
  tool,
  table,
  items,
}: Pick<MigrationHistory, 'tool' | 'table' | 'items'>): Command[] {
  switch (tool) {
    case 'django':
      return [
        { purpose: 'What is applied and what is pending', command: 'python manage.py showmigrations' },
        { purpose: 'What migrate would do', command: 'python manage.py migrate --plan' },
        { purpose: 'Apply what is pending', command: 'python manage.py migrate' },
      ];
    case 'alembic':
      return [
        { purpose: 'The current revisions', command: 'alembic current' },
        { purpose: 'All revisions, the current ones marked', command: 'alembic history --indicate-current' },
        { purpose: "The heads of the project's files", command: 'alembic heads' },
        { purpose: 'Apply what is pending', command: 'alembic upgrade head' },
      ];
    case 'kysely':
      return [
        { purpose: 'What is applied and what is pending', command: 'npx kysely migrate:list' },
        { purpose: 'Apply what is pending', command: 'npx kysely migrate:latest' },
      ];
    case 'flyway':
      return [
        { purpose: 'What is applied and what is pending', command: 'flyway info' },
        { purpose: 'Apply what is pending', command: 'flyway migrate' },
      ];
    case 'schema_version':
      return [
        { purpose: 'Record the next version, in the script that makes it', command: insertOf(table, items) },
      ];
    default:
      return tool satisfies never;
  }
}

function insertOf(table: string, items: MigrationHistory['items']): string {
  const last = items.at(-1)?.id ?? '0';
  const next = /^\d{1,15}$/.test(last) ? String(Number(last) + 1) : quoteLiteral('next version');
  const isDescribed = items.some(({ id, name }) => id !== name);
  if (!isDescribed) return `insert into ${table} (version) values (${next});`;
  return `insert into ${table} (version, description) values (${next}, 'what it does');`;
}
