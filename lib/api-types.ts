/** The shapes that the HTTP API answers with, version 1, for pages and components. Times are ISO 8601 with zone. */

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
