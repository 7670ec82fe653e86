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

/** What came of trying a connection: what the role may do there, or what is wrong and what to do. */
export type ServerTrial =
  | {
      ok: true;
      version: string;
      user: string;
      database: string;
      tls: string | null;
      is_superuser: boolean;
      can_create_roles: boolean;
      databases: string[];
      /** Slugs of the servers that are this same PostgreSQL instance. */
      same_as: string[];
      note: string | null;
    }
  | { ok: false; cause: string; fix: string };
