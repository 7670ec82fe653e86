import type { MigrationProblem } from './history';
import { readRows } from './rows';
import {
  findColumn,
  findDuplicates,
  isUsual,
  kinds,
  type Reading,
  type Rows,
  type Shape,
  type Tool,
} from './tool';

const usualNames = ['kysely_migration'] as const;

type Word = 'name' | 'timestamp';

/** Kysely's own Migrator (`src/migration/migrator.ts`): a name and an ISO 8601 text a row. */
export const kysely: Tool = {
  tool: 'kysely',
  usualNames,
  note:
    "Howdah sees the database, not the project's files: which migrations are still pending, and so a percentage, " +
    'only the project can tell.',
  detect(relation): Shape<Word> | null {
    const name = findColumn(relation, ['name'], kinds.text);
    const timestamp = findColumn(relation, ['timestamp'], kinds.text);
    if (name === null || timestamp === null) return null;
    const isExact = relation.columns.length === 2 && name.isUnique;
    return isExact || isUsual(relation, usualNames) ? { name: name.name, timestamp: timestamp.name } : null;
  },
  async read(db, relation, shape, limit) {
    const columns = { name: shape.name ?? null, timestamp: shape.timestamp ?? null };
    const newest = [{ column: columns.timestamp, mayBeNull: true }, { column: columns.name }];
    const rows = await readRows(db, relation, columns, newest, limit);
    return { ...readKysely(rows), total: rows.total };
  },
};

/** The rows of a kysely_migration table as a history, in the order in which Kysely reads them. */
export function readKysely({ rows }: Rows<Word>): Reading {
  const items = rows.map(({ name, timestamp }) => ({
    id: name ?? '',
    name: name ?? '',
    status: 'applied' as const,
    applied_at: timestamp,
  }));
  const last = items.at(-1);
  const names = items.map(({ id }) => id);
  return {
    current: last === undefined ? [] : [last.id],
    heads: [],
    items,
    problems: [...findDuplicates(names, 'migration'), ...findDisorder(names)],
  };
}

/** Kysely refuses to migrate a history that is not in the order of the names. */
function findDisorder(names: readonly string[]): MigrationProblem[] {
  const late = names.find((name, index) => index > 0 && name < (names[index - 1] ?? ''));
  if (late === undefined) return [];
  return [
    {
      code: 'out_of_order',
      severity: 'warning',
      message: `${late} was applied after one whose name comes later. Kysely refuses such a history unless allowUnorderedMigrations is set.`,
    },
  ];
}
