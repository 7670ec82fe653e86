import type { MigrationItem, MigrationProblem } from './history';
import { readRows } from './rows';
import {
  findColumn,
  findDuplicates,
  isUsual,
  kinds,
  type Reading,
  type Relation,
  type Rows,
  type Shape,
  type Tool,
  timeNames,
} from './tool';

const usualNames = ['schema_version', 'schema_versions', 'schema_history', 'schema_version_history'] as const;
const descriptions = ['description', 'name', 'comment', 'script'];
const extras = [
  'id',
  'version',
  'success',
  'checksum',
  'hash',
  'type',
  'applied_by',
  'installed_by',
  'execution_time',
  'execution_ms',
  'duration_ms',
  'notes',
];

type Word = 'version' | 'description' | 'time' | 'success';

/**
 * The plain table of hand-written SQL migrations: a version, and mostly a time and a description. A table of
 * another name is one when its version is a key and it has nothing but columns of such a history.
 */
export const schemaVersion: Tool = {
  tool: 'schema_version',
  usualNames,
  note:
    "The table lists what was applied. Howdah sees the database, not the project's files: which scripts are still " +
    'pending, and so a percentage, only the project can tell.',
  detect(relation): Shape<Word> | null {
    const version = findColumn(relation, ['version'], [...kinds.number, ...kinds.text]);
    if (version === null) return null;
    const time = findColumn(relation, timeNames, kinds.day)?.name ?? null;
    if (!isUsual(relation, usualNames) && !(version.isUnique && time !== null && hasOnlyKnown(relation)))
      return null;
    return {
      version: version.name,
      description: findColumn(relation, descriptions, kinds.text)?.name ?? null,
      time,
      success: findColumn(relation, ['success'], kinds.truth)?.name ?? null,
    };
  },
  async read(db, relation, { version = null, description = null, time = null, success = null }, limit) {
    const newest = [
      { column: time, mayBeNull: true },
      { column: version, mayBeNull: true },
    ];
    const rows = await readRows(db, relation, { version, description, time, success }, newest, limit);
    return { ...readSchemaVersion(rows), total: rows.total };
  },
};

function hasOnlyKnown({ columns }: Relation): boolean {
  const known: readonly string[] = [...timeNames, ...descriptions, ...extras];
  return columns.every(({ name }) => known.includes(name));
}

/**
 * The rows of a version table as a history: by version where all are numbers (the time may be a default that a
 * bulk insert gave to all), else by time. Dotted versions of one time compare part by part.
 */
export function readSchemaVersion({ rows, total }: Rows<Word>): Reading {
  const isNumbered = rows.every(({ version }) => /^\d+$/.test(version ?? ''));
  const items = rows.map(
    ({ version, description, time, success }): MigrationItem => ({
      id: version ?? '',
      name: description ?? version ?? '',
      status: success === 'false' ? 'failed' : 'applied',
      applied_at: time,
    }),
  );
  items.sort((a, b) => (isNumbered ? compare(a.id, b.id) : compareTimes(a, b) || compare(a.id, b.id)));
  const current = items.findLast(({ status }) => status === 'applied');
  const ids = items.map(({ id }) => id);
  const gaps = isNumbered && total === rows.length ? findGaps(ids) : [];
  return {
    current: current === undefined ? [] : [current.id],
    heads: [],
    items,
    problems: [...judge(items), ...findDuplicates(ids, 'version'), ...gaps],
  };
}

const { compare } = new Intl.Collator('en', { numeric: true });

/** Stored times of one column sort as text; a row without one comes first. */
function compareTimes(a: MigrationItem, b: MigrationItem): number {
  const [left, right] = [a.applied_at ?? '', b.applied_at ?? ''];
  return left === right ? 0 : left < right ? -1 : 1;
}

function judge(items: readonly MigrationItem[]): MigrationProblem[] {
  const failed = items.filter(({ status }) => status === 'failed').map(({ id }) => id);
  if (items.length === 0) {
    return [
      {
        code: 'empty',
        severity: 'warning',
        message: 'The table is there and has no row: no version is recorded.',
      },
    ];
  }
  if (failed.length === 0) return [];
  return [
    {
      code: 'failed',
      severity: 'warning',
      message: `Recorded as failed: ${failed.slice(0, 8).join(', ')}. What they did before they failed may still be there.`,
    },
  ];
}

/** Numbers left out between the first and the last; dates as versions (20250131…) have no such order. */
function findGaps(ids: readonly string[]): MigrationProblem[] {
  const numbers = [...new Set(ids.map(Number))];
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  if (last - first >= 10_000) return [];
  const present = new Set(numbers);
  const missing = Array.from({ length: last - first }, (_, step) => first + step).filter(
    (n) => !present.has(n),
  );
  if (missing.length === 0) return [];
  return [
    {
      code: 'gap',
      severity: 'hint',
      message: `Between ${first} and ${last} these versions are not recorded: ${missing.slice(0, 12).join(', ')}${missing.length > 12 ? ' …' : ''}.`,
    },
  ];
}
