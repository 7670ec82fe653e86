import { keyword, readToken } from './tokens';

/** What a statement does that cannot be taken back, or touches every row. */
export type Danger = 'ddl' | 'truncate' | 'update_all' | 'delete_all';

const definitions: ReadonlySet<string> = new Set([
  ...[
    'CREATE',
    'ALTER',
    'DROP',
    'GRANT',
    'REVOKE',
    'COMMENT',
    'REINDEX',
    'CLUSTER',
    'REFRESH',
    'REASSIGN',
    'IMPORT',
  ],
  'SECURITY',
]);

/** Words before UPDATE or DELETE that make it a part of something else: FOR UPDATE, ON DELETE, THEN UPDATE, DO UPDATE. */
const partOf: ReadonlySet<string> = new Set([
  'FOR',
  'KEY',
  'ON',
  'THEN',
  'DO',
  'BEFORE',
  'AFTER',
  'OR',
  'OF',
  '.',
]);

type Group = { change: Danger | null; hasWhere: boolean };

/**
 * What is dangerous in a statement, by its words: DDL, TRUNCATE, and UPDATE or DELETE without WHERE, in common table
 * expressions too. It guards against slips and is no boundary: what a function or DO does is not seen. Never throws.
 */
export function dangerOf(statement: string): Danger | null {
  const first = readToken(statement, 0);
  const verb = first ? keyword(statement, first) : '';
  if (definitions.has(verb)) return 'ddl';
  if (verb === 'TRUNCATE') return 'truncate';
  return changeOfAll(statement);
}

function changeOfAll(statement: string): Danger | null {
  const open: Group[] = [{ change: null, hasWhere: false }];
  let before = '';
  let found: Danger | null = null;
  for (let token = readToken(statement, 0); token; token = readToken(statement, token.end)) {
    const group = open.at(-1);
    const symbol = token.kind === 'symbol' ? statement.slice(token.start, token.end) : '';
    const word = symbol || keyword(statement, token);
    if (word === '(') open.push({ change: null, hasWhere: false });
    else if (word === ')') found ??= open.length > 1 ? dangerOfGroup(open.pop()) : null;
    else if (group !== undefined && !partOf.has(before)) {
      if (word === 'UPDATE') group.change ??= 'update_all';
      if (word === 'DELETE') group.change ??= 'delete_all';
      if (word === 'WHERE') group.hasWhere = true;
    }
    before = word;
  }
  return found ?? dangerOfGroup(open[0]);
}

function dangerOfGroup(group: Group | undefined): Danger | null {
  return group === undefined || group.hasWhere ? null : group.change;
}

/** A danger in words: `UPDATE without WHERE`. */
export const dangerWords = {
  ddl: 'a change of definitions',
  truncate: 'TRUNCATE',
  update_all: 'UPDATE without WHERE',
  delete_all: 'DELETE without WHERE',
} as const satisfies Record<Danger, string>;
