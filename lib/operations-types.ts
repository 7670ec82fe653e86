/** What the pages that run a server are told: its settings, its backends, its maintenance. Times are ISO 8601 with zone. */
import type { Environment, Level } from './api-types';
import type { TlsMode } from './server';
import type { LevelReport, StepResult } from './wall-types';

/** A server as its settings show it. No password is ever among them. */
export type ServerSettings = {
  slug: string;
  name: string;
  environment: Environment;
  host: string;
  port: number;
  default_database: string;
  tls_mode: TlsMode;
  /** Whether certificates of an authority are kept for it. */
  has_ca: boolean;
  /** The login role of each level; null where none is kept. */
  roles: { [level in Level]: string | null };
  connection_budget: number;
  read_timeout_ms: number | null;
  write_timeout_ms: number | null;
  levels: LevelReport[];
  steps: StepResult[];
  created_at: string;
};

/** How many connections a role holds and may hold now; `allowed` is null where it has no limit of its own. */
export type ConnectionUse = { role: string; used: number; allowed: number | null; max: number };

/** What a role is on a server, and how it came in. */
export type RoleTrial = {
  version: string;
  user: string;
  database: string;
  /** The protocol's version, null without TLS. */
  tls: string | null;
  is_superuser: boolean;
  can_create_roles: boolean;
};

/** What came of trying a connection: what the role may do there, or what is wrong and what to do. */
export type ServerTrial =
  | (RoleTrial & {
      ok: true;
      databases: string[];
      /** Slugs of the servers that are this same PostgreSQL instance. */
      same_as: string[];
      note: string | null;
    })
  | { ok: false; cause: string; fix: string };

/** Work of Howdah's that a backend does: a statement of the query history, or a job. */
export type BackendWork =
  | { kind: 'run'; id: string; user: string; is_own: boolean }
  | { kind: 'job'; id: string; user: string; job: string };

/** A backend as the asking role may see it. `query` is null where PostgreSQL hides it from that role. */
export type Backend = {
  pid: number;
  /** With the pid it names the backend; null where it is hidden: then nobody can be signalled. */
  started_at: string | null;
  type: string | null;
  user: string | null;
  database: string | null;
  application: string;
  client: string | null;
  state: string | null;
  wait: string | null;
  transaction_at: string | null;
  query_at: string | null;
  query: string | null;
  is_hidden: boolean;
  blocked_by: number[];
  work: BackendWork | null;
  /** Why it can't be cancelled or terminated from here by this user; null where it can. */
  no_cancel: string | null;
  no_terminate: string | null;
};

/** The backends of a server at a moment, by the clock of that server. */
export type BackendList = { at: string; level: Level; role: string; items: Backend[] };

/** A backend that holds a lock which maintenance would have to wait for. */
export type LockHolder = {
  pid: number;
  user: string | null;
  state: string | null;
  mode: string;
  query: string | null;
  /** Which table, where several are maintained. */
  relation?: string;
};

/** What a piece of maintenance would do, before it does. Bytes are exact. */
export type MaintenancePlan = {
  sql: string;
  lock: string;
  effect: string;
  size_bytes: number;
  indexes: number;
  holders: LockHolder[];
  /** Whether it can be dropped as what a failed CREATE INDEX or REINDEX left behind; for an index only. */
  is_invalid: boolean;
};

/** The same for every table of a database, one after the other. */
export type DatabaseMaintenancePlan = MaintenancePlan & {
  tables: number;
  /** Tables that are left out, because the role may not maintain them. */
  others: number;
};

/** What one question to PostgreSQL found; where it could not be answered, why. */
export type Check<T> = { value: T; why: null } | { value: null; why: string };

/** Counters of a database since `since`; a ratio is null where nothing was counted. */
export type DatabaseFacts = {
  since: string | null;
  cache_hit_ratio: number | null;
  backends: number;
  max_connections: number;
  size_bytes: number | null;
  deadlocks: number;
  temp_bytes: number;
  xid_age: number;
  xid_limit: number;
};

/** A table's room: sizes are null while another session holds it in ACCESS EXCLUSIVE. Rows are PostgreSQL's estimates. */
export type TableHealth = {
  schema: string;
  name: string;
  total_bytes: number | null;
  index_bytes: number | null;
  live_rows: number;
  dead_rows: number;
  /** Vacuumed and analysed last, by whomever. */
  vacuumed_at: string | null;
  analyzed_at: string | null;
};

/** An index that costs and does not help: never used since the counters began, or not valid. */
export type IndexHealth = {
  schema: string;
  table: string;
  name: string;
  size_bytes: number | null;
  scans: number;
  problem: 'unused' | 'invalid';
};

/** A normalised statement of pg_stat_statements; `query` is null where it is another role's. */
export type StatementHealth = {
  query: string | null;
  calls: number;
  total_ms: number;
  mean_ms: number;
  rows: number;
};

export type DatabaseHealth = {
  facts: Check<DatabaseFacts>;
  /** The backends in this database that have run or held a transaction open for five minutes, or wait for another. */
  sessions: Check<BackendList>;
  tables: Check<TableHealth[]>;
  indexes: Check<IndexHealth[]>;
  statements: Check<StatementHealth[]>;
};
