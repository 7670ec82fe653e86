import 'server-only';
import type { JobResult } from '../job-types';
import type { JobRow } from '../store/schema';

/** What the work of a job is given: when to stop, and where to say what it does. */
export type JobRun = {
  job: JobRow;
  /** Aborts when the job is cancelled, lost to the sweeper, or this process ends. */
  signal: AbortSignal;
  /** What it does now, and how far it is (0…1, never backwards); what is left out stays. */
  report(state: { activity?: string; progress?: number | null }): void;
  /** A line for the log's tail. */
  log(line: string): void;
};

/** One kind of job. */
export type JobWork = {
  /** Does the work; what it throws fails the job. */
  run(run: JobRun): Promise<JobResult | null>;
  /** Ends and removes what an unsuccessful run left, on any instance, as often as need be. */
  cleanUp(job: JobRow): Promise<void>;
};

/** Why a job's signal was aborted. */
export type StopReason = 'cancelled' | 'lost' | 'shutdown';
