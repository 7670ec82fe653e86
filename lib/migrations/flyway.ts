import type { MigrationItem, MigrationProblem } from './history';
import { readRows } from './rows';
import { findColumn, kinds, type Reading, type Rows, type Shape, type Tool } from './tool';

type Word = 'rank' | 'version' | 'description' | 'type' | 'script' | 'time' | 'success';

/** Flyway's schema history: a row for each thing it did, in the order of `installed_rank`. */
export const flyway: Tool = {
  tool: 'flyway',
  usualNames: ['flyway_schema_history'],
  note:
    "Howdah sees the database, not the project's files: which migrations are still pending, and so a percentage, " +
    'only the project can tell.',
  detect(relation): Shape<Word> | null {
    const rank = findColumn(relation, ['installed_rank'], kinds.integer);
    const version = findColumn(relation, ['version'], kinds.text);
    const time = findColumn(relation, ['installed_on'], kinds.time);
    const success = findColumn(relation, ['success'], kinds.truth);
    if (rank === null || version === null || time === null || success === null) return null;
    const optional = (name: string) => findColumn(relation, [name], kinds.text)?.name ?? null;
    return {
      rank: rank.name,
      version: version.name,
      description: optional('description'),
      type: optional('type'),
      script: optional('script'),
      time: time.name,
      success: success.name,
    };
  },
  async read(db, relation, shape, limit) {
    const { rank = null, version = null, description = null, type = null, script = null } = shape;
    const { time = null, success = null } = shape;
    const columns = { rank, version, description, type, script, time, success };
    const rows = await readRows(db, relation, columns, [{ column: rank }], limit);
    return { ...readFlyway(rows), total: rows.total };
  },
};

/** The rows of a Flyway history. What was undone or deleted later is `unknown`: its script may be pending again. */
export function readFlyway({ rows }: Rows<Word>): Reading {
  const isReversal = (type: string | null) => /^(UNDO|DELETE)/.test(type ?? '');
  const revoked = (version: string | null, at: number) =>
    version !== null &&
    rows.some((row, index) => index > at && row.version === version && isReversal(row.type));
  const items = rows.flatMap(({ version, description, script, type, time, success }, at): MigrationItem[] => {
    if (isReversal(type)) return [];
    const status = success === 'false' ? 'failed' : revoked(version, at) ? 'unknown' : 'applied';
    return [{ id: version ?? script ?? '', name: description || script || '', status, applied_at: time }];
  });
  const versions = new Set(rows.flatMap(({ version }) => version ?? []));
  const current = items.findLast(({ id, status }) => status === 'applied' && versions.has(id));
  return { current: current === undefined ? [] : [current.id], heads: [], items, problems: judge(items) };
}

function judge(items: readonly MigrationItem[]): MigrationProblem[] {
  const idsOf = (status: MigrationItem['status']) =>
    items
      .filter((item) => item.status === status)
      .map(({ id }) => id)
      .slice(0, 8)
      .join(', ');
  const [failed, undone] = [idsOf('failed'), idsOf('unknown')];
  const problems: MigrationProblem[] = [];
  if (items.length === 0) {
    problems.push({ code: 'empty', severity: 'warning', message: 'The table is there and has no row.' });
  }
  if (failed !== '') {
    const message = `Recorded as failed: ${failed}. Undo what they left, then let Flyway remove their rows.`;
    problems.push({ code: 'failed', severity: 'warning', message, fix: 'flyway repair' });
  }
  if (undone !== '') {
    const message = `Undone or deleted after they were applied: ${undone}.`;
    problems.push({ code: 'undone', severity: 'hint', message, fix: 'flyway info' });
  }
  return problems;
}
