/** The shapes of jobs and backups that the HTTP API answers with. Times are ISO 8601 with zone. */

/** `verify` restores a backup to prove it, `expire` removes old ones, `wall` tries a server's wall, every night. */
export type JobKind = 'backup' | 'restore' | 'verify' | 'expire' | 'wall' | 'maintenance';
export type JobStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';

/** What a finished job has to say beside its status: what could not be done although it succeeded. */
export type JobResult = { missing_roles: string[]; problems: string[] };

/** Long work. `progress` is 0…1, null where it can't be known; `log_tail` is empty below the owner level. */
export type JobEntry = {
  id: string;
  kind: JobKind;
  status: JobStatus;
  user: string;
  server: string;
  database: string;
  backup_id: string | null;
  /** Whether it takes a backup whose file is whole: what is left to do is to sum it. */
  has_whole_file: boolean;
  /** The statement of maintenance; null for other kinds. */
  sql: string | null;
  progress: number | null;
  activity: string | null;
  log_tail: string;
  message: string | null;
  result: JobResult | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
};

/** What was backed up: the database as it was, and the client tool that read it. */
export type BackupSource = {
  server_version: number;
  tool_version: string;
  size_bytes: number;
  tables: number;
  encoding: string;
  locale: DatabaseLocale;
};

/** What a restore into a scratch database has shown of a backup: how much of it was compared and found equal. */
export type BackupProof = {
  job_id: string;
  /** The server that it was restored on, and its version as server_version_num. */
  server: string;
  server_version: number;
  objects: number;
  tables: number;
  rows: number;
  /** The tables whose rows were compared by their sums, not only counted. */
  sums: number;
  /** The check queries that held. */
  checks: number;
};

/** A query that must answer true in every restored copy of a database. */
export type CheckQuery = { id: string; name: string; sql: string; user: string; created_at: string };

/** One entry of an archive's table of contents: `text` is pg_restore's own line. */
export type BackupContentsEntry = { id: number; text: string };

/** How a database sorts: `provider` is pg_database.datlocprovider (c libc, i ICU, b builtin). */
export type DatabaseLocale = { provider: string; collate: string; ctype: string; locale: string | null };

/** `custom` is pg_dump's own archive, `directory` one of a file a table, kept as one tar, `plain` a script of SQL. */
export type BackupFormat = 'custom' | 'directory' | 'plain';

/** Where the file of a backup lies: in the folder of an instance, or in the object store. */
export type BackupDestination = 'local' | 's3';

/** What a backup holds: a database, its definitions or its rows; `globals` are the server's roles and tablespaces. */
export type BackupContents = 'all' | 'schema' | 'data' | 'globals';

/** How a script is compressed; an archive compresses itself. */
export type BackupCompress = 'none' | 'gzip' | 'zstd';

export type BackupOptions = {
  contents: BackupContents;
  compress: BackupCompress;
  /** The tables that were chosen; null for all. */
  relations: { schema: string; relation: string }[] | null;
  /** Whether the file is encrypted with age. */
  encrypt: boolean;
  /** How many tables of the directory format are dumped, and restored, at once. */
  jobs: number;
  destination: BackupDestination;
};

/** What backups can be on this installation. */
export type BackupChoices = {
  /** Where they can go; `usual` is where they go when nobody says it. */
  destinations: BackupDestination[];
  usual: BackupDestination;
  /** Whether the Node that Howdah runs on knows zstd. */
  hasZstd: boolean;
  /** Whether they are encrypted, because there are recipients. */
  isEncrypted: boolean;
};

/** The object store: its name for those who may know it, and why it can't be used now. */
export type ObjectStoreState = { name: string | null; problem: string | null };

/** What a schedule does: takes a backup, or proves the newest one. */
export type ScheduleKind = 'backup' | 'verify';

/** What became of a run: `missed` when no instance was there, `refused` when it could not begin. */
export type ScheduleOutcome = 'begun' | 'missed' | 'refused';

export type ScheduleEntry = {
  id: string;
  kind: ScheduleKind;
  server: string;
  database: string;
  cron: string;
  time_zone: string;
  keep: { last: number; daily: number; weekly: number; monthly: number } | null;
  format: BackupFormat;
  jobs: number;
  destination: BackupDestination;
  next_at: string;
  user: string;
  /** The newest runs, newest first. */
  runs: { due_at: string; outcome: ScheduleOutcome; job_id: string | null; message: string | null }[];
};

export type BackupProblem = 'missing' | 'failed' | 'late' | 'unproven';

/** Something that is, or was, wrong with the backups of a database. `problem` is why nobody could be told. */
export type AlertEntry = {
  id: string;
  kind: BackupProblem;
  server: string;
  database: string;
  message: string;
  raised_at: string;
  resolved_at: string | null;
  told_at: string | null;
  problem: string | null;
};

/** How a database does with its backups. */
export type BackupState = {
  server: string;
  database: string;
  /** The newest good backup of the whole database. */
  last: { id: string; at: string; size_bytes: number } | null;
  /** The newest try, whatever came of it. */
  attempt: { job_id: string; status: JobStatus; at: string; message: string | null } | null;
  /** When a good backup was last proven by a restore, and what is wrong with the newest one. */
  proven_at: string | null;
  disproof: string | null;
  /** When the schedule comes next, and when it last could not begin. */
  next_at: string | null;
  missed_at: string | null;
  /** When the schedule first came, or first will: nothing can be asked of it before. */
  first_due_at: string | null;
  /** Bytes of the newest ten good backups, oldest first. */
  sizes: number[];
  problems: BackupProblem[];
};

export type BackupEntry = {
  id: string;
  job_id: string;
  server: string;
  database: string;
  user: string;
  format: BackupFormat;
  contents: BackupContents;
  compress: BackupCompress;
  relations: { schema: string; relation: string }[] | null;
  encrypt: boolean;
  jobs: number;
  destination: BackupDestination;
  /** `succeeded` once its file is whole, whatever becomes of its job after that. */
  status: JobStatus;
  /** Whether its job goes on to sum what was backed up. */
  is_summing: boolean;
  /** Whether its tables were summed, so that a proof compares more than their counts. */
  has_sums: boolean;
  progress: number | null;
  activity: string | null;
  message: string | null;
  size_bytes: number | null;
  sha256: string | null;
  verified_at: string | null;
  proof: BackupProof | null;
  /** What the last restore that was to prove it found wrong; null once it is proven. */
  disproof: string | null;
  disproved_at: string | null;
  /** When its file was removed: by its schedule's retention, or by the one in `deleted_by`. */
  expired_at: string | null;
  deleted_by: string | null;
  /** Since when its file is not where it was put. */
  missing_at: string | null;
  source: BackupSource | null;
  created_at: string;
  /** When its file was whole, or its job over without one. */
  finished_at: string | null;
};
