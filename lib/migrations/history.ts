/** A tool that leaves a migration history in a database; `schema_version` is the plain SQL table of that kind. */
export type MigrationTool = 'django' | 'alembic' | 'kysely' | 'flyway' | 'schema_version';
export type MigrationStatus = 'applied' | 'pending' | 'unknown' | 'failed';

/** One migration. `applied_at` is the text that the database holds, null where the tool keeps no time. */
export type MigrationItem = {
  id: string;
  name: string;
  /** The Django app that it belongs to. */
  app?: string;
  status: MigrationStatus;
  applied_at: string | null;
};

/** Something to look at: a `hint` may be quite normal. `fix` is a command or SQL to copy. */
export type MigrationProblem = { code: string; severity: 'warning' | 'hint'; message: string; fix?: string };

/** What one Django app has applied; `current` is an item's id. */
export type MigrationApp = { app: string; current: string; applied: number };

/** What one tool recorded in one table of a database. */
export type MigrationHistory = {
  tool: MigrationTool;
  /** The table as SQL writes it, schema first and quoted where it must be. */
  table: string;
  schema: string;
  current: string[];
  /** Revisions that nothing applied follows, where the tool records just these (Alembic); else empty. */
  heads: string[];
  /** Oldest first; of a very long history the newest. */
  items: MigrationItem[];
  /** How many are applied, those not among `items` too, at most 100,000; null where it was not read. */
  applied: number | null;
  last_applied_at: string | null;
  apps?: MigrationApp[];
  problems: MigrationProblem[];
  /** Why heads, pending migrations or a percentage are absent. */
  note: string;
};

/** The histories of one database; `more` counts those that were found and not read. */
export type MigrationHistories = { items: MigrationHistory[]; more: number };
