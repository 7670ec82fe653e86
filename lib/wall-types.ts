/** What Howdah knows about the wall between a server's levels, for pages and components. */
import type { ErrorBody } from './query-event';

/** The levels that have a login role of their own on a server. */
export type SharedLevel = 'read' | 'write';

/** A column that neither level may read or write. */
export type Mask = { schema: string; relation: string; column: string };

/** The schemas of one database that the levels may reach, and the columns in them that are masked. */
export type DatabaseChoice = { database: string; schemas: string[]; masks: Mask[] };

/** One step of provisioning, and what came of it. */
export type StepResult = {
  title: string;
  /** Without it the level does not exist. */
  is_required: boolean;
  level: SharedLevel;
  status: 'done' | 'failed' | 'skipped';
  /** Why it failed. */
  message: string | null;
};

/** What an enrolment tells while it goes: what it does now, and each step that was taken. `done` or `error` comes last. */
export type EnrolEvent =
  | EnrolProgress
  | { type: 'done'; slug: string; levels: LevelReport[]; problems: string[] }
  | { type: 'error'; error: ErrorBody };

export type EnrolProgress = { type: 'doing'; what: string } | { type: 'step'; step: StepResult };

/**
 * `breach`: the level would not be what it says, and does not exist then · `gap`: something is more open than it was
 * chosen to be · `note`: to be known.
 */
export type GapSeverity = 'breach' | 'gap' | 'note';

/** What PostgreSQL lets a level do beyond what it should. */
export type Gap = { severity: GapSeverity; database: string | null; message: string; fix: string };

/** What the canary battery found for a level. */
export type LevelReport = {
  level: SharedLevel;
  verdict: 'enforced' | 'gaps' | 'absent';
  /** Why the level does not exist; null where it does. */
  reason: string | null;
  gaps: Gap[];
};

/** What syncGrants() left in a database. */
export type GrantsReport = {
  database: string;
  /** Statements that were needed: none, when nothing has changed. */
  changed: number;
  /** Relations that are granted without some columns, or not at all: `columns` is null then. */
  withheld: { schema: string; relation: string; columns: string[] | null; why: string }[];
  gaps: Gap[];
  /** What PostgreSQL refused. */
  problems: string[];
};

/** The wall of a server as its page shows it. Times are ISO 8601 with zone. */
export type WallReport = {
  steps: StepResult[];
  grants: GrantsReport[];
  levels: LevelReport[];
  synced_at: string | null;
  checked_at: string | null;
};
