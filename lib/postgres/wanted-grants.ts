import 'server-only';
import { quoteIdentifier } from '../sql/literal';
import type { SharedLevel } from '../wall-types';
import type { GrantableRelation } from './catalog/grants';
import type { Withheld } from './masks';

/** What a role is to hold on a relation: privileges on the whole of it, and on some columns. */
export type Wanted = { whole: readonly string[]; columns: Record<string, readonly string[]> };

const nothing: Wanted = { whole: [], columns: {} };

/** System columns that name a row and its version: a page of rows and an edit need them. */
const rowColumns = ['ctid', 'xmin', 'tableoid'];

/** What a level is to hold on a relation of a chosen schema; `columns` are the relation's, for one that is masked. */
export function wantedOn(
  { kind }: Pick<GrantableRelation, 'kind'>,
  level: SharedLevel,
  withheld: Withheld | undefined,
  columns: string[],
): Wanted {
  if (kind === 'S') return { whole: level === 'read' ? ['SELECT'] : ['SELECT', 'USAGE'], columns: {} };
  const isWritten = level === 'write' && kind !== 'm';
  if (withheld === undefined) {
    return { whole: ['SELECT', ...(isWritten ? ['INSERT', 'UPDATE', 'DELETE'] : [])], columns: {} };
  }
  if (withheld.columns === 'all') return nothing;
  const { columns: masked } = withheld;
  const open = columns.filter((column) => !masked.has(column));
  const hasRows = kind === 'r' || kind === 'p' || kind === 'm';
  return {
    whole: isWritten ? ['DELETE'] : [],
    columns: {
      SELECT: hasRows ? [...open, ...rowColumns] : open,
      ...(isWritten ? { INSERT: open, UPDATE: open } : {}),
    },
  };
}

/** The statements that bring what `role` holds on a relation to what it is to hold; none when it does. */
export function changesOf(relation: GrantableRelation, role: string, wanted: Wanted): string[] {
  const whole = relation.granted[role] ?? [];
  const columns = relation.columns[role] ?? {};
  const surplus = whole.filter((privilege) => !wanted.whole.includes(privilege));
  const missing = wanted.whole.filter((privilege) => !whole.includes(privilege));
  const privileges = [...new Set([...Object.keys(columns), ...Object.keys(wanted.columns)])].sort();
  return [
    ...surplus.map((privilege) => revoke(privilege, relation, role)),
    ...missing.map((privilege) => grant(privilege, relation, role)),
    ...privileges.flatMap((privilege) => {
      // To revoke a privilege on the whole takes it from the columns as well.
      const held = surplus.includes(privilege) ? [] : (columns[privilege] ?? []);
      const open = wanted.columns[privilege] ?? [];
      const closing = held.filter((column) => !open.includes(column));
      const opening = open.filter((column) => !held.includes(column));
      return [
        ...(closing.length > 0 ? [revoke(onColumns(privilege, closing), relation, role)] : []),
        ...(opening.length > 0 ? [grant(onColumns(privilege, opening), relation, role)] : []),
      ];
    }),
  ];
}

function onColumns(privilege: string, columns: string[]): string {
  return `${privilege} (${columns.map(quoteIdentifier).join(', ')})`;
}

function grant(what: string, relation: GrantableRelation, role: string): string {
  return `grant ${what} on ${targetOf(relation)} to ${quoteIdentifier(role)}`;
}

function revoke(what: string, relation: GrantableRelation, role: string): string {
  return `revoke ${what} on ${targetOf(relation)} from ${quoteIdentifier(role)}`;
}

function targetOf({ kind, schema, name }: GrantableRelation): string {
  return `${kind === 'S' ? 'sequence' : 'table'} ${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
