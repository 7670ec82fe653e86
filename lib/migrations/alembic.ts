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

const usualNames = ['alembic_version'] as const;

/**
 * Alembic's version table (`alembic/runtime/migration.py`): one column, one row for each head of what is applied.
 * Its ancestors and its times are in the project's files alone.
 */
export const alembic: Tool = {
  tool: 'alembic',
  usualNames,
  note:
    'Alembic stores only the current revisions, with no time and without those that came before. Howdah sees the ' +
    "database, not the project's files: earlier and pending revisions, and so a percentage, only the project can tell.",
  detect(relation): Shape<'version'> | null {
    const version = findColumn(relation, ['version_num'], kinds.text);
    if (version === null) return null;
    return relation.columns.length === 1 || isUsual(relation, usualNames) ? { version: version.name } : null;
  },
  async read(db, relation, shape, limit) {
    const rows = await readRows(
      db,
      relation,
      { version: shape.version ?? null },
      [{ column: shape.version ?? null }],
      limit,
    );
    return { ...readAlembic(rows), total: rows.total };
  },
};

/** The rows of a version table as a history. */
export function readAlembic({ rows }: Rows<'version'>): Reading {
  const revisions = rows.map(({ version }) => version ?? '').sort();
  const heads = [...new Set(revisions)];
  return {
    current: heads,
    heads,
    items: revisions.map((id) => ({ id, name: id, status: 'applied', applied_at: null })),
    problems: [...findDuplicates(revisions, 'revision'), ...judge(heads)],
  };
}

function judge(heads: readonly string[]): MigrationProblem[] {
  if (heads.length === 0) {
    return [
      {
        code: 'empty',
        severity: 'warning',
        message:
          'The table is there and has no row: nothing is applied yet, or everything was downgraded. A database ' +
          'whose tables were made some other way wants a stamp.',
        fix: 'alembic stamp head',
      },
    ];
  }
  if (heads.length === 1) return [];
  return [
    {
      code: 'several_heads',
      severity: 'warning',
      message:
        `${heads.length} revisions are current at once (${heads.slice(0, 8).join(', ')}): branches that were never ` +
        'merged. That is right only for a project that keeps separate branches on purpose.',
      fix: 'alembic merge heads -m "merge heads"',
    },
  ];
}
