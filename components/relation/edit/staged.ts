import type { Assignment, RowChange, ShownRow } from '@/lib/api-types';
import type { Cell } from '@/lib/query-event';

/** A change that waits to be made. `id` is its row's, or an insert's own. */
export type StagedChange = {
  id: string;
  type: RowChange['type'];
  /** The row as it was shown; null for an insert. */
  row: ShownRow | null;
  set: readonly Assignment[];
};

/** All changes that wait, in the order in which they began. */
export type Staged = readonly StagedChange[];

/** A row that an edit is about. */
export type StagedRow = { id: string; row: ShownRow };

/** Sets a column of a row. What is set back to the value that was shown is no change any more. */
export function stageValue(staged: Staged, { id, row }: StagedRow, assignment: Assignment): Staged {
  const before = staged.find((change) => change.id === id);
  const shown = before?.row ?? row;
  const others = (before?.set ?? []).filter(({ column }) => column !== assignment.column);
  const set = isShown(shown, assignment) ? others : [...others, assignment];
  return put(staged, { id, type: 'update', row: shown, set });
}

/** Sets a column of a row that is to be inserted; null takes it back to its default. */
export function stageInserted(staged: Staged, id: string, assignment: Assignment): Staged {
  return staged.map((change) => {
    if (change.id !== id) return change;
    const others = change.set.filter(({ column }) => column !== assignment.column);
    return { ...change, set: 'is_default' in assignment ? others : [...others, assignment] };
  });
}

/** One more row to insert, with its defaults. */
export function stageInsert(staged: Staged): Staged {
  const numbers = staged.flatMap(({ id, type }) => (type === 'insert' ? [Number(id.slice(4))] : []));
  return [...staged, { id: `new ${Math.max(0, ...numbers) + 1}`, type: 'insert', row: null, set: [] }];
}

/** Marks rows to be deleted, or, when all of them are marked, takes the marks away. */
export function stageDelete(staged: Staged, rows: readonly StagedRow[]): Staged {
  const waiting = new Map(staged.map((change) => [change.id, change]));
  const ids = new Set(rows.map(({ id }) => id));
  const others = staged.filter((change) => !ids.has(change.id));
  if (rows.every(({ id }) => waiting.get(id)?.type === 'delete')) return others;
  return [
    ...others,
    ...rows.map(
      ({ id, row }): StagedChange => ({ id, type: 'delete', row: waiting.get(id)?.row ?? row, set: [] }),
    ),
  ];
}

/** Without the changes of these rows. */
export function withdraw(staged: Staged, ids: readonly string[]): Staged {
  return staged.filter(({ id }) => !ids.includes(id));
}

/** The same change over another version of its row: an overwrite that somebody has decided on. */
export function rebase(staged: Staged, id: string, row: ShownRow): Staged {
  return staged.map((change) => (change.id === id ? { ...change, row } : change));
}

/** What the API takes. */
export function changesOf(staged: Staged): RowChange[] {
  return staged.map(({ type, row, set }): RowChange => {
    const known = row ?? { cells: [] };
    if (type === 'insert') return { type, set: [...set] };
    return type === 'delete' ? { type, row: known } : { type, row: known, set: [...set] };
  });
}

/** What a column is to hold; undefined where it stays. */
export function assigned(change: StagedChange | undefined, column: string): Assignment | undefined {
  return change?.set.find((assignment) => assignment.column === column);
}

/** The text of an assignment, NULL, or undefined for a default. */
export function textOf(assignment: Assignment): Cell | undefined {
  return 'value' in assignment ? assignment.value : undefined;
}

function isShown(row: ShownRow, assignment: Assignment): boolean {
  if (!('value' in assignment)) return false;
  const cell = row.cells.find(({ column }) => column === assignment.column);
  return cell !== undefined && cell.bytes === undefined && cell.value === assignment.value;
}

function put(staged: Staged, change: StagedChange): Staged {
  const isKnown = staged.some(({ id }) => id === change.id);
  if (change.set.length === 0) return withdraw(staged, [change.id]);
  return isKnown ? staged.map((other) => (other.id === change.id ? change : other)) : [...staged, change];
}
