import { judgeDjango } from './django-problems';
import type { MigrationApp, MigrationItem, MigrationProblem } from './history';
import { readRows } from './rows';
import { findColumn, groupBy, isUsual, kinds, type Reading, type Rows, type Shape, type Tool } from './tool';

const usualNames = ['django_migrations'] as const;

type Word = 'id' | 'app' | 'name' | 'applied';

/** Django's recorder (`django/db/migrations/recorder.py`): a row for each migration of each app. */
export const django: Tool = {
  tool: 'django',
  usualNames,
  note:
    "Howdah sees the database, not the project's files: which migrations are still pending, which of an app's is its " +
    'last, and so a percentage, only the project can tell.',
  detect(relation): Shape<Word> | null {
    const id = findColumn(relation, ['id'], kinds.integer);
    const app = findColumn(relation, ['app'], kinds.text);
    const name = findColumn(relation, ['name'], kinds.text);
    const applied = findColumn(relation, ['applied'], kinds.time);
    if (id === null || app === null || name === null || applied === null) return null;
    const isDjango = relation.columns.length === 4 || isUsual(relation, usualNames);
    return isDjango ? { id: id.name, app: app.name, name: name.name, applied: applied.name } : null;
  },
  async read(db, relation, { id = null, app = null, name = null, applied = null }, limit) {
    const rows = await readRows(db, relation, { id, app, name, applied }, [{ column: id }], limit);
    return { ...readDjango(rows), total: rows.total };
  },
};

/** The rows of a django_migrations table as a history, in the order in which Django recorded them. */
export function readDjango({ rows, total }: Rows<Word>): Reading {
  const items = rows.map(({ app, name, applied }) => ({
    id: `${app}.${name}`,
    name: name ?? '',
    app: app ?? '',
    status: 'applied' as const,
    applied_at: applied,
  }));
  const apps = groupBy(items, ({ app }) => app)
    .map(([app, own]) => describeApp(app, own))
    .sort((a, b) => (a.app < b.app ? -1 : 1));
  return {
    current: apps.map(({ current }) => current),
    heads: [],
    items,
    apps,
    problems: total > rows.length ? [] : [...judgeDjango(items), ...judgeEmpty(items)],
  };
}

/** An app's current migration is the one with the highest number, of equals the one recorded last. */
function describeApp(app: string, items: readonly MigrationItem[]): MigrationApp {
  const current = items.reduce((best, item) => (numberOf(item.name) >= numberOf(best.name) ? item : best));
  return { app, current: current.id, applied: items.length };
}

/**
 * How far a migration goes: the number in front, of a squashed one (`0001_squashed_0004_more`) the number it
 * reaches to; -1 where a name has none.
 */
export function numberOf(name: string): number {
  const reach = /_squashed_(\d+)/.exec(name) ?? /^(\d+)/.exec(name);
  return reach === null ? -1 : Number(reach[1]);
}

function judgeEmpty(items: readonly MigrationItem[]): MigrationProblem[] {
  if (items.length > 0) return [];
  return [
    {
      code: 'empty',
      severity: 'warning',
      message: 'The table is there and has no row: no migration was applied, or the rows were deleted.',
      fix: 'python manage.py showmigrations --plan',
    },
  ];
}
