import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';
import type { LinkKind, Theme } from '../account-types';
import type { ColumnLayout, Environment, Level, RunKind, RunStatus, UserRole } from '../api-types';
import type { AuditAction, AuditDetail, AuditKind, AuditResult } from '../audit-types';
import type { ErrorCode } from '../errors';
import type { JobKind, JobResult, JobStatus } from '../job-types';
import type { TlsMode, Via } from '../server';
import type { GrantsReport, LevelReport, StepResult } from '../wall-types';
import type { SealedLog } from './mark';
import type {
  AlertsTable,
  BackupManifestsTable,
  BackupSchedulesTable,
  BackupsTable,
  CheckQueriesTable,
  ScheduleRunsTable,
} from './schema-backups';
import type { Now, Timestamp } from './schema-times';

/** Howdah's own database, as migrations/ leaves it. */
export type Store = {
  users: UsersTable;
  sessions: SessionsTable;
  one_time_links: OneTimeLinksTable;
  api_keys: ApiKeysTable;
  throttles: ThrottlesTable;
  servers: ServersTable;
  server_access: ServerAccessTable;
  server_schemas: ServerSchemasTable;
  masks: MasksTable;
  walls: WallsTable;
  instances: InstancesTable;
  query_history: QueryHistoryTable;
  query_outcome: QueryOutcomeTable;
  run_cancels: RunCancelsTable;
  audit_log: AuditLogTable;
  seals: SealsTable;
  jobs: JobsTable;
  backups: BackupsTable;
  backup_manifests: BackupManifestsTable;
  check_queries: CheckQueriesTable;
  backup_schedules: BackupSchedulesTable;
  schedule_runs: ScheduleRunsTable;
  alerts: AlertsTable;
  column_layouts: ColumnLayoutsTable;
};

type UsersTable = {
  id: string;
  username: string;
  email: string | null;
  name: string | null;
  role: UserRole;
  password_hash: string | null;
  disabled_at: Timestamp | null;
  created_at: Now;
  time_zone: string | null;
  theme: Theme | null;
  oidc_issuer: string | null;
  oidc_subject: string | null;
  signed_in_at: Timestamp | null;
};

type SessionsTable = {
  id: string;
  token_hash: Buffer;
  user_id: string;
  address: string | null;
  user_agent: string | null;
  created_at: Now;
  expires_at: Timestamp;
  revoked_at: Timestamp | null;
};

type OneTimeLinksTable = {
  id: string;
  token_hash: Buffer;
  kind: LinkKind;
  user_id: string | null;
  created_by: string | null;
  created_at: Now;
  expires_at: Timestamp;
  used_at: Timestamp | null;
};

/** `server_ids`: the only servers that the key sees; null for all of its user's. */
type ApiKeysTable = {
  id: string;
  token_hash: Buffer;
  user_id: string;
  name: string;
  role: UserRole;
  server_ids: string[] | null;
  created_at: Now;
  expires_at: Timestamp;
  last_used_at: Timestamp | null;
  revoked_at: Timestamp | null;
};

type ThrottlesTable = {
  subject: Buffer;
  failures: number;
  attempted_at: Timestamp;
  blocked_until: Timestamp;
};

type ServersTable = {
  id: string;
  slug: string;
  name: string;
  environment: Environment;
  host: string;
  port: number;
  tls_mode: TlsMode;
  tls_ca: string | null;
  default_database: string;
  read_user: string | null;
  read_secret: string | null;
  write_user: string | null;
  write_secret: string | null;
  read_closed: string | null;
  write_closed: string | null;
  owner_user: string | null;
  owner_secret: string | null;
  connection_budget: Generated<number>;
  read_timeout_ms: number | null;
  write_timeout_ms: number | null;
  system_identifier: string | null;
  disabled_at: Timestamp | null;
  created_at: Now;
};

type ServerAccessTable = { user_id: string; server_id: string; level: Level; created_at: Now };

type ServerSchemasTable = { server_id: string; database: string; schema: string; created_at: Now };

type MasksTable = {
  server_id: string;
  database: string;
  schema: string;
  relation: string;
  column_name: string;
  created_at: Now;
};

type WallsTable = {
  server_id: string;
  steps: ColumnType<StepResult[], string | undefined, string>;
  grants: ColumnType<GrantsReport[], string | undefined, string>;
  levels: ColumnType<LevelReport[], string | undefined, string>;
  synced_at: Timestamp | null;
  checked_at: Timestamp | null;
};

type InstancesTable = {
  id: string;
  hostname: string;
  pid: number;
  version: string;
  started_at: Now;
  heartbeat_at: Now;
  stopped_at: Timestamp | null;
  reconciled_at: Timestamp | null;
};

type QueryHistoryTable = {
  id: string;
  script_id: string;
  statement: number;
  kind: RunKind;
  user_id: string;
  username: string;
  server_id: string;
  server: string;
  database: string;
  level: Level;
  pid: number | null;
  instance_id: string;
  sql: string;
  params: (string | null)[] | null;
  mark: Buffer | null;
  started_at: Now;
};

type QueryOutcomeTable = {
  history_id: string;
  status: Exclude<RunStatus, 'running'>;
  rows: ColumnType<string | null, number | null, never>;
  bytes: ColumnType<string | null, number | null, never>;
  duration_ms: number | null;
  sqlstate: string | null;
  message: string | null;
  mark: Buffer | null;
  finished_at: Now;
};

type RunCancelsTable = { history_id: string; user_id: string; requested_at: Now };

type AuditLogTable = {
  id: string;
  event_id: string;
  kind: AuditKind;
  action: AuditAction;
  result: AuditResult;
  error_code: ErrorCode | null;
  user_id: string | null;
  username: string;
  via: Via;
  subject_kind: string;
  subject: string;
  server: string | null;
  database: string | null;
  address: string | null;
  user_agent: string | null;
  detail: ColumnType<AuditDetail, string, never>;
  instance_id: string;
  mark: Buffer | null;
  at: Now;
};

type SealsTable = {
  height: ColumnType<string, string, never>;
  log: SealedLog | 'genesis';
  ids: string[];
  digests: Buffer;
  scanned_to: Timestamp;
  sealed_at: Timestamp;
  previous: Buffer;
  hash: Buffer;
  key: Buffer;
  signature: Buffer;
  endorsement: Buffer | null;
};

type JobsTable = {
  id: string;
  kind: JobKind;
  status: JobStatus;
  user_id: string | null;
  username: string;
  server_id: string | null;
  server: string | null;
  database: string | null;
  payload: Generated<Record<string, unknown>>;
  progress: number | null;
  activity: string | null;
  log_tail: Generated<string>;
  message: string | null;
  instance_id: string | null;
  heartbeat_at: Timestamp | null;
  cancel_requested_at: Timestamp | null;
  created_at: Now;
  started_at: Timestamp | null;
  finished_at: Timestamp | null;
  result: ColumnType<JobResult | null, string | null | undefined, string | null>;
  swept_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
};

type ColumnLayoutsTable = {
  user_id: string;
  server_id: string;
  database: string;
  schema: string;
  relation: string;
  columns: ColumnType<ColumnLayout, string, string>;
  changed_at: ColumnType<Date, never, Date>;
};

export type JobRow = Selectable<JobsTable>;
export type ServerRow = Selectable<ServersTable>;
export type NewServer = Insertable<ServersTable>;
