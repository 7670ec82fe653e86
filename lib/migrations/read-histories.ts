import { quoteIdentifier } from '../sql/literal';
import { alembic } from './alembic';
import { django } from './django';
import { flyway } from './flyway';
import type { MigrationHistories, MigrationHistory, MigrationProblem } from './history';
import { kysely } from './kysely';
import { type Candidate, listCandidates } from './relations';
import { schemaVersion } from './schema-version';
import { type Db, isUsual, type Shape, type Tool } from './tool';

/** The tools that are looked for; the first whose shape fits a table has it. */
const tools: readonly Tool[] = [flyway, django, alembic, kysely, schemaVersion];

/** Histories that are read in one database; a project with a schema a tenant may have thousands. */
const historyLimit = 100;

/** Rows that are read: of one history, and of all together. */
const rowLimit = { one: 2_000, all: 10_000 } as const;

type Found = { tool: Tool; shape: Shape | null; table: Candidate };

/**
 * Every migration history of the database that `db` is connected to, in any schema, found by the shape of its
 * table. One that can't be read is listed with the reason. Rejects when the catalogue can't be read.
 */
export async function readHistories(db: Db): Promise<MigrationHistories> {
  const candidates = await listCandidates(
    db,
    tools.flatMap(({ usualNames }) => usualNames),
  );
  const found = candidates.flatMap((table) => recognise(table) ?? []);
  const chosen = found.slice(0, historyLimit).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const limit = Math.min(rowLimit.one, Math.floor(rowLimit.all / Math.max(chosen.length, 1)));
  const items: MigrationHistory[] = [];
  for (const history of chosen) items.push(await readHistory(db, history, limit));
  return { items, more: found.length - chosen.length };
}

const placeOf = ({ table: { schema, name } }: Found) => `${schema}\0${name}`;

/** Which tool's history a table is; without a shape when only its name says so. */
export function recognise(table: Candidate): Found | null {
  for (const tool of tools) {
    const shape = tool.detect(table);
    if (shape !== null) return { tool, shape, table };
  }
  const named = tools.find(({ usualNames }) => isUsual(table, usualNames));
  return named === undefined ? null : { tool: named, shape: null, table };
}

async function readHistory(db: Db, { tool, shape, table }: Found, limit: number): Promise<MigrationHistory> {
  const unread = (problem: MigrationProblem): MigrationHistory => ({
    ...frameOf(tool, table),
    current: [],
    heads: [],
    items: [],
    applied: null,
    last_applied_at: null,
    problems: [problem],
  });
  if (shape === null) return unread(unexpectedColumns(tool, table));
  if (!isReadable(table, shape)) return unread(noPrivilege(table));
  try {
    const { total, problems, ...reading } = await tool.read(db, table, shape, limit);
    const { items } = reading;
    const hidden = total - items.length;
    const applied = items.filter(({ status }) => status === 'applied').length;
    return {
      ...frameOf(tool, table),
      ...reading,
      applied: total > limit ? applied + hidden : applied,
      last_applied_at: lastOf(items.flatMap(({ applied_at }) => applied_at ?? [])),
      problems: [...(total > limit ? [cut(total, limit)] : []), ...rowSecurity(table), ...problems],
    };
  } catch (error) {
    if (!hasSqlstate(error)) throw error;
    return unread(unreadable(error));
  }
}

function frameOf({ tool, note }: Tool, { schema, name }: Candidate) {
  return { tool, table: `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`, schema, note };
}

function isReadable({ isReachable, columns }: Candidate, shape: Shape): boolean {
  const used = Object.values(shape);
  return isReachable && columns.every(({ name, isReadable }) => isReadable || !used.includes(name));
}

/** The latest of stored times; texts of one column sort as times do. */
function lastOf(times: readonly string[]): string | null {
  return times.reduce<string | null>((last, time) => (last === null || time > last ? time : last), null);
}

function hasSqlstate(error: unknown): error is Error & { code: string } {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^(?!57P|08)(?=.*\d)[0-9A-Z]{5}$/.test(code);
}

function unexpectedColumns({ tool }: Tool, { columns }: Candidate): MigrationProblem {
  const names = columns.map(({ name }) => name).slice(0, 12);
  return {
    code: 'unexpected_columns',
    severity: 'warning',
    message: `The table has the name of a history of ${tool}, and not its columns and types: ${names.join(', ') || 'it has none'}. It was not read.`,
  };
}

function noPrivilege({ schema, name, role }: Candidate): MigrationProblem {
  const [inSchema, table, to] = [schema, name, role].map(quoteIdentifier);
  return {
    code: 'no_privilege',
    severity: 'warning',
    message: `The role ${role} may not read this table, so that nothing can be said of its migrations. Its owner can grant it.`,
    fix: `grant usage on schema ${inSchema} to ${to}; grant select on ${inSchema}.${table} to ${to};`,
  };
}

function cut(total: number, limit: number): MigrationProblem {
  const message = `The table has ${total >= 100_000 ? '100,000 rows or more' : `${total} rows`}; the newest ${limit} are shown, and checks that need all rows were left out.`;
  return { code: 'cut', severity: 'hint', message };
}

function rowSecurity({ hasRowSecurity, role }: Candidate): MigrationProblem[] {
  if (!hasRowSecurity) return [];
  const message = `Row security is on for this table: ${role} may not see all of its rows.`;
  return [{ code: 'row_security', severity: 'warning', message }];
}

function unreadable({ code, message }: Error & { code: string }): MigrationProblem {
  return {
    code: 'unreadable',
    severity: 'warning',
    message: `PostgreSQL did not let it be read: ${message} (${code}).`,
  };
}
