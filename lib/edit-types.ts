import type { RelationName } from './api-types';
import type { Cell } from './query-event';

/** A cell as a page showed it; `bytes` is the whole length of one that arrived cut. */
export type ShownCell = { column: string; value: Cell; bytes?: number };

/** A row as a page showed it. `word` is of `row_words`, where the relation has no key. */
export type ShownRow = { cells: ShownCell[]; word?: string };

/** What a column is to hold: a text as PostgreSQL reads it, NULL, or its default. */
export type Assignment = { column: string; value: Cell } | { column: string; is_default: true };

/** One staged change of a relation's rows. Columns that an insert leaves out get their default. */
export type RowChange =
  | { type: 'update'; row: ShownRow; set: Assignment[] }
  | { type: 'insert'; set: Assignment[] }
  | { type: 'delete'; row: ShownRow };

export type CascadeAction = 'cascade' | 'set_null' | 'set_default' | 'restrict' | 'no_action';

/** Rows that refer to those that are to be deleted, and what PostgreSQL does with them. */
export type Cascade = RelationName & {
  constraint: string;
  action: CascadeAction;
  /** The relations between, from the one whose rows are deleted. */
  through: RelationName[];
  /** Null where the read level may not see them. */
  rows: number | null;
  /** There are more than were counted. */
  is_more: boolean;
};

/** What changes would do, before they are done. */
export type EditPreview = { statements: string[]; cascades: Cascade[] };

/** All changes stand. */
export type EditResult = { applied: number; statements: string[]; query_ids: string[]; duration_ms: number };

/** Nothing stands, because of one change; `theirs` is its row as it is now, null where it has gone. */
export type EditConflict = { change: number; theirs: ShownCell[] | null };
