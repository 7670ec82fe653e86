import type { ColumnType, Generated, Selectable } from 'kysely';
import type {
  BackupFormat,
  BackupOptions,
  BackupProblem,
  BackupProof,
  BackupSource,
  ScheduleKind,
  ScheduleOutcome,
} from '../job-types';
import type { Keep } from '../retention';
import type { Now, Timestamp } from './schema-times';

export type BackupsTable = {
  id: string;
  job_id: string;
  server_id: string;
  server: string;
  database: string;
  user_id: string;
  username: string;
  format: BackupFormat;
  options: ColumnType<BackupOptions, string | undefined, never>;
  place: string | null;
  object_key: string | null;
  size_bytes: ColumnType<string | null, number | null, number | null>;
  sha256: string | null;
  source: ColumnType<BackupSource | null, string | null, string | null>;
  verified_at: Timestamp | null;
  proof: ColumnType<BackupProof | null, never, string | null>;
  disproof: string | null;
  disproved_at: Timestamp | null;
  schedule_id: string | null;
  expired_at: Timestamp | null;
  removed_at: Timestamp | null;
  deleted_by: string | null;
  missing_at: Timestamp | null;
  whole_at: Timestamp | null;
  created_at: Now;
};

export type BackupManifestsTable = {
  backup_id: string;
  content: Buffer;
  has_sums: boolean;
  /** How it was taken; see lib/store/proofs.ts. */
  version: Generated<number>;
};

export type CheckQueriesTable = {
  id: string;
  server_id: string;
  database: string;
  name: string;
  sql: string;
  username: string;
  created_at: Now;
};

export type BackupSchedulesTable = {
  id: string;
  server_id: string;
  server: string;
  database: string;
  kind: ScheduleKind;
  cron: string;
  time_zone: string;
  wanted: ColumnType<BackupOptions & { format: BackupFormat }, string, string>;
  keep: ColumnType<Keep | null, string | null, string | null>;
  next_at: Timestamp;
  user_id: string;
  username: string;
  created_at: Now;
};

export type ScheduleRunsTable = {
  schedule_id: string;
  due_at: Timestamp;
  outcome: ScheduleOutcome;
  job_id: string | null;
  message: string | null;
  at: Now;
};

export type AlertsTable = {
  id: string;
  kind: BackupProblem;
  server_id: string;
  server: string;
  database: string;
  message: string;
  raised_at: Now;
  resolved_at: Timestamp | null;
  told_at: Timestamp | null;
  tried_at: Timestamp | null;
  tries: Generated<number>;
  problem: string | null;
};

export type AlertRow = Selectable<AlertsTable>;
export type ScheduleRow = Selectable<BackupSchedulesTable>;
export type BackupRow = Selectable<BackupsTable>;
