/** The shapes that the HTTP API answers with, version 1, for pages and components. Times are ISO 8601 with zone. */
import type { Cell, Cut, Field } from './query-event';

export type UserRole = 'reviewer' | 'developer' | 'admin';
export type Level = 'read' | 'write' | 'owner';
export type Environment = 'production' | 'staging' | 'development';
export type RunStatus = 'running' | 'succeeded' | 'failed' | 'cancelled' | 'timeout' | 'unknown';
export type RunKind =
  | 'editor'
  | 'grid'
  | 'browse'
  | 'explain'
  | 'dry_run'
  | 'export'
  | 'import'
  | 'api'
  | 'schedule';

/** The formats of an export: CSV with a line of names, one JSON array, an object a line, an INSERT a line. */
export type ExportFormat = 'csv' | 'json' | 'ndjson' | 'sql';

export type ServerSummary = {
  slug: string;
  name: string;
  environment: Environment;
  version: string | null;
  status: 'healthy' | 'unhealthy' | 'unknown';
  level: Level;
};

export type DatabaseSummary = {
  name: string;
  owner: string;
  encoding: string;
  size_bytes: number | null;
};

export type HistoryEntry = {
  id: string;
  script_id: string;
  statement: number;
  kind: RunKind;
  user: string;
  server: string;
  database: string;
  level: Level;
  pid: number | null;
  sql: string;
  params: (string | null)[] | null;
  status: RunStatus;
  rows: number | null;
  bytes: number | null;
  duration_ms: number | null;
  sqlstate: string | null;
  message: string | null;
  started_at: string;
  finished_at: string | null;
};

/** How far a run is, or how it ended; rows and bytes of a running one are null where nobody counts them. */
export type RunProgress = Pick<
  HistoryEntry,
  'id' | 'status' | 'rows' | 'bytes' | 'duration_ms' | 'sqlstate' | 'message'
>;

export type Page<T> = { items: T[]; next: string | null };

/** What is wrong with a server that can't be reached, in a person's words, and what to do about it. */
export type Diagnosis = { cause: string; fix: string };

export type Health = {
  status: 'healthy' | 'degraded' | 'unhealthy';
  database: 'connected' | 'disconnected';
  response_time_ms: number | null;
  cause?: string;
  fix?: string;
  connection_info?: { engine: string; host: string; port: number; name: string; user: string };
};

export type RelationKind =
  | 'table'
  | 'partitioned_table'
  | 'view'
  | 'materialized_view'
  | 'foreign_table'
  | 'sequence';

/** One relation of a list. Rows and bytes are the planner's estimates; null where it was never analysed. */
export type RelationSummary = {
  schema: string;
  name: string;
  kind: RelationKind;
  estimated_rows: number | null;
  size_bytes: number | null;
  is_partition?: true;
  comment?: string;
};

export type RelationName = { schema: string; relation: string };

export type RelationColumn = {
  name: string;
  /** As SQL says it: `character varying(20)`. */
  type: string;
  type_oid: number;
  nullable: boolean;
  /** The default's expression, or that of a generated column. */
  default: string | null;
  identity: 'always' | 'by_default' | null;
  generated: 'stored' | 'virtual' | null;
  comment: string | null;
  /** The read level may read others of the relation, but not this one: it is masked. Only there where it is so. */
  is_masked?: true;
  /** The labels of an enum, in its order; only there for enums. */
  enum_labels?: string[];
};

export type RelationConstraint = {
  name: string;
  type: 'primary_key' | 'unique' | 'foreign_key' | 'check' | 'exclusion';
  definition: string;
  columns: string[];
  references?: RelationName & { columns: string[] };
  is_validated: boolean;
  comment: string | null;
};

export type RelationIndex = {
  name: string;
  definition: string;
  is_unique: boolean;
  is_primary: boolean;
  is_valid: boolean;
  /** Key columns; an expression stands as its SQL. */
  columns: string[];
  size_bytes: number | null;
  comment: string | null;
};

export type RelationTrigger = {
  name: string;
  definition: string;
  enabled: 'origin' | 'always' | 'replica' | 'disabled';
};

export type RelationPolicy = {
  name: string;
  command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  roles: string[];
  using: string | null;
  check: string | null;
  permissive: boolean;
};

/** A foreign key of another relation (or of this one) that refers to this one. */
export type RelationReference = RelationName & {
  constraint: string;
  columns: string[];
  foreign_columns: string[];
};

/** A relation that a view reads, or a view that reads a relation. */
export type RelationDependency = RelationName & { kind: RelationKind };

export type RelationDetail = {
  schema: string;
  name: string;
  kind: RelationKind;
  owner: string;
  comment: string | null;
  /** Whether row-level security is switched on. */
  row_security: boolean;
  /** The table that this one is a partition of. */
  partition_of: RelationName | null;
  columns: RelationColumn[];
  constraints: RelationConstraint[];
  indexes: RelationIndex[];
  triggers: RelationTrigger[];
  policies: RelationPolicy[];
  referenced_by: RelationReference[];
  /** What a view or materialized view reads; only there for them. */
  depends_on?: RelationDependency[];
  /** The views that read this relation. */
  used_by: RelationDependency[];
  /** The query of a view or materialized view; only there for them. */
  definition?: string;
  ddl: string;
  estimated_rows: number | null;
  /** Bytes on disk with indexes and TOAST, exact; null for what has none. */
  size_bytes: number | null;
};

/** A column of a page of rows. `type` is the name that a result in the editor has for it. */
export type RowField = Field & { is_sortable: boolean };

export type RowOrder = { column: string; direction: 'asc' | 'desc' };

/** The cells of `columns` in one row name the row of `relation` whose `foreign_columns` equal them. */
export type RowForeignKey = RelationName & { columns: string[]; foreign_columns: string[] };

export type RowsPage = {
  fields: RowField[];
  rows: Cell[][];
  /** Cells that arrived shortened. */
  cut: Cut[];
  /** Rows that hold one, each with the word by which `cell?row=&column=` finds it; left out where nothing names a row. */
  cut_rows: (readonly [row: number, word: string])[];
  /** Where the relation has no key: the word by which each row is named in an edit; null for one that has none. */
  row_words?: (string | null)[];
  /** Cursors for `after=` and `before=`; null where there is nothing, or nothing within reach. */
  next: string | null;
  previous: string | null;
  at_start: boolean;
  /** How an `at` between the ends was found; `is_exact` when its rows were counted. Only there for one. */
  place?: { by: 'statistics' | 'count' | 'sample'; is_exact: boolean };
  at_end: boolean;
  /** Of the relation; null under a filter or where never analysed. Exact where the page holds every row. */
  estimated_rows: number | null;
  /** The columns that name a row; null where the relation has no key. */
  key: string[] | null;
  /** The order in force, ties included; empty for the order in which PostgreSQL answers. */
  order: RowOrder[];
  foreign_keys: RowForeignKey[];
  /** Columns that the read level may not see. */
  hidden_columns: string[];
  /** Why, in a sentence; only there where a column is hidden. */
  hidden_reason?: string;
  /** The page's row in the query history. */
  query_id: string;
  duration_ms: number;
};

export type SchemaSummary = { name: string; owner: string; is_system: boolean; comment: string | null };

export type RoutineSummary = {
  schema: string;
  name: string;
  kind: 'function' | 'procedure' | 'aggregate' | 'window';
  arguments: string;
  /** The result's type; null for a procedure. */
  returns: string | null;
  language: string;
  /** The CREATE statement; null for an aggregate. */
  definition: string | null;
  volatility: 'immutable' | 'stable' | 'volatile';
  security_definer: boolean;
  owner: string;
  /** The extension that brought it. */
  extension: string | null;
  comment: string | null;
};

/** Numbers are text: they go to 2^63. */
export type SequenceSummary = {
  schema: string;
  name: string;
  type: string;
  start: string;
  minimum: string;
  maximum: string;
  increment: string;
  cycles: boolean;
  /** Null before its first use, or where the read level may not see it. */
  last_value: string | null;
  owned_by: (RelationName & { column: string }) | null;
  comment: string | null;
};

export type TypeSummary = {
  schema: string;
  name: string;
  kind: 'enum' | 'domain' | 'composite' | 'range';
  owner: string;
  comment: string | null;
  /** Of an enum. */
  labels?: string[];
  /** Of a domain: its base type, whether NULL is refused, and its checks. */
  domain?: { type: string; nullable: boolean; default: string | null; checks: string[] };
  /** Of a composite. */
  attributes?: { name: string; type: string }[];
  /** Of a range: the type of its bounds. */
  subtype?: string;
};

/** `default_version` differs from `version` where an update waits; null where its files are gone. */
export type ExtensionSummary = {
  name: string;
  version: string;
  default_version: string | null;
  schema: string;
  comment: string | null;
};

/** The exact number of rows, as text. */
export type RowCount = { count: string; query_id: string; duration_ms: number };

export type * from './edit-types';
export type * from './migrations/history';
export type * from './operations-types';
export type * from './rows-types';
