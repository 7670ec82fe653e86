import type { ColumnType, Generated, Insertable, Selectable } from 'kysely';
import type { Environment, Level, RunKind, RunStatus, UserRole } from '../api-types';
import type { AuditAction, AuditDetail, AuditKind, AuditResult } from '../audit-types';
import type { ErrorCode } from '../errors';
import type { BackupSource, JobKind, JobResult, JobStatus } from '../job-types';
import type { TlsMode, Via } from '../server';
import type { GrantsReport, LevelReport, StepResult } from '../wall-types';
import type { SealedLog } from './mark';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Now = ColumnType<Date, Date | string | undefined, Date | string>;

/** Howdah's own database, as migrations/ leaves it. */
export type Store = {
  users: UsersTable;
  sessions: SessionsTable;
  servers: ServersTable;
  server_access: ServerAccessTable;
  server_schemas: ServerSchemasTable;
  masks: MasksTable;
  walls: WallsTable;
  instances: InstancesTable;
  query_history: QueryHistoryTable;
  query_outcome: QueryOutcomeTable;
  audit_log: AuditLogTable;
  seals: SealsTable;
  jobs: JobsTable;
  backups: BackupsTable;
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

type BackupsTable = {
  id: string;
  job_id: string;
  server_id: string;
  server: string;
  database: string;
  user_id: string;
  username: string;
  format: 'custom';
  place: string | null;
  size_bytes: ColumnType<string | null, number | null, number | null>;
  sha256: string | null;
  source: ColumnType<BackupSource | null, string | null, string | null>;
  verified_at: Timestamp | null;
  created_at: Now;
};

export type JobRow = Selectable<JobsTable>;
export type BackupRow = Selectable<BackupsTable>;
export type ServerRow = Selectable<ServersTable>;
export type NewServer = Insertable<ServersTable>;
