import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, errorText } from '../errors';
import type { JobKind } from '../job-types';
import { errorLine } from '../query-event';
import { singleton } from '../singleton';
import { instanceId } from '../store/instances';
import {
  beatJob,
  claimJob,
  finishJob,
  isCancelRequested,
  type JobOutcome,
  type JobState,
} from '../store/jobs';
import type { JobRow } from '../store/schema';
import type { JobRun, JobWork, StopReason } from './job-run';
import { createLogTail } from './log-tail';

/** How often a running job says that it lives, and how often it looks whether it shall end, in milliseconds. */
const heartbeatMs = 10_000;
const tickMs = 500;

/** How long the end of a job is tried to be written while the store is away, in milliseconds. */
const storePatienceMs = 60_000;
const storeRetryMs = 2_000;

/** The jobs of this process by id, so that it can end them at once. */
function running(): Map<string, AbortController> {
  return singleton('jobs.running', () => new Map<string, AbortController>());
}

/** Ends a job of this process. Answers whether it is one. */
export function stopJob(id: string, reason: StopReason): boolean {
  const controller = running().get(id);
  controller?.abort(reason);
  return controller !== undefined;
}

/** How many jobs this process runs. */
export function countJobs(): number {
  return running().size;
}

/** Ends all jobs of this process, because it ends itself. Their children are told before this returns. */
export function stopJobs(): void {
  for (const controller of running().values()) controller.abort('shutdown' satisfies StopReason);
}

/**
 * Runs one queued job to its end and writes what came of it. Never rejects because of the job itself. Does
 * nothing when it is not queued any more.
 */
export async function runJob(kinds: Record<JobKind, JobWork>, id: string): Promise<void> {
  const job = await claimJob(id, instanceId());
  if (job === null) return;
  const controller = new AbortController();
  running().set(id, controller);
  try {
    await runClaimed(kinds[job.kind], job, controller);
  } finally {
    running().delete(id);
  }
}

async function runClaimed(work: JobWork, job: JobRow, controller: AbortController): Promise<void> {
  const state: JobState = { progress: job.progress, activity: job.activity, log_tail: job.log_tail };
  const pulse = startPulse(job.id, state, controller);
  const run = makeRun(job, state, controller.signal);
  try {
    const result = await work.run(run);
    controller.signal.throwIfAborted();
    await finish(job.id, {
      ...state,
      status: 'succeeded',
      progress: 1,
      activity: null,
      message: null,
      result,
      isSwept: true,
    });
  } catch (error) {
    if (controller.signal.reason === 'lost') return;
    run.report({ activity: 'Cleaning up' });
    await pulse.now();
    const isSwept = await work.cleanUp(job).then(
      () => true,
      (problem) => logAndSay(run, problem),
    );
    await finish(job.id, {
      ...state,
      ...outcomeOf(error, controller.signal),
      activity: null,
      result: null,
      isSwept,
    });
  } finally {
    pulse.stop();
  }
}

function logAndSay(run: JobRun, problem: unknown): false {
  run.log(`howdah: cleaning up failed and is tried again: ${errorText(problem)}`);
  return false;
}

function makeRun(job: JobRow, state: JobState, signal: AbortSignal): JobRun {
  const tail = createLogTail();
  return {
    job,
    signal,
    report({ activity, progress }) {
      if (activity !== undefined) state.activity = activity;
      if (progress === null) state.progress = null;
      else if (progress !== undefined) state.progress = Math.min(1, Math.max(state.progress ?? 0, progress));
    },
    log(line) {
      tail.add(line);
      state.log_tail = tail.text();
    },
  };
}

function outcomeOf(error: unknown, signal: AbortSignal): Pick<JobOutcome, 'status' | 'message'> {
  const reason = signal.aborted ? (signal.reason as StopReason) : null;
  if (reason === 'cancelled') return { status: 'cancelled', message: null };
  if (reason === 'shutdown') {
    return {
      status: 'interrupted',
      message: 'Howdah was stopped while this ran. It is not begun again by itself.',
    };
  }
  if (error instanceof AppError) {
    return { status: 'failed', message: errorLine(error) };
  }
  console.error('howdah: a job failed', error);
  return { status: 'failed', message: 'Howdah failed on this job. The log of the server has the details.' };
}

type Pulse = { now(): Promise<void>; stop(): void };

/** Writes the job's state when it changed and its heartbeat, and ends the job when it is told to. */
function startPulse(id: string, state: JobState, controller: AbortController): Pulse {
  let written = '';
  let writtenAt = Date.now();
  let isBusy = false;
  async function beat(): Promise<void> {
    const text = JSON.stringify(state);
    if (text === written && Date.now() - writtenAt < heartbeatMs) {
      if (await isCancelRequested(id)) controller.abort('cancelled' satisfies StopReason);
      return;
    }
    const answer = await beatJob(id, instanceId(), text === written ? null : { ...state });
    written = text;
    writtenAt = Date.now();
    if (answer === 'lost') controller.abort('lost' satisfies StopReason);
    if (answer === 'cancel') controller.abort('cancelled' satisfies StopReason);
  }
  async function tick(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    await beat().catch((error) =>
      console.error(`howdah: the state of job ${id} could not be written: ${error}`),
    );
    isBusy = false;
  }
  const timer = setInterval(() => void tick(), tickMs);
  return { now: tick, stop: () => clearInterval(timer) };
}

/** The work is done, so that a store that is away for a moment must not lose its end. */
async function finish(id: string, outcome: JobOutcome): Promise<void> {
  const deadline = Date.now() + storePatienceMs;
  for (;;) {
    try {
      return await finishJob(id, instanceId(), outcome);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(storeRetryMs);
    }
  }
}
