import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { recordEvent, systemDoer } from './audited';
import { type DirectDoor, serveDirectly } from './direct';
import { env } from './env';
import { AppError, errorText } from './errors';
import { guardHttp } from './http-guard';
import { backupPlace } from './jobs/backup-files';
import { startWorker } from './jobs/worker';
import { keepAnswers } from './page-status';
import { notePeers } from './peer';
import { errorLine } from './query-event';
import { watchBackups } from './run-alerts';
import { lookForFiles } from './run-backup-file';
import { jobKinds } from './run-job-kinds';
import { sweepJobs } from './run-jobs';
import { queueExpiry } from './run-retention';
import { cancelRevoked, revokedSeconds } from './run-revoked';
import { beginDueRuns } from './run-schedules';
import { offerSetUp } from './run-set-up';
import { stopOnSignal } from './run-stop';
import { openStore } from './run-store';
import { verifyDaily } from './run-verify';
import { syncDueServers, syncSeconds } from './run-wall';
import { queueWallChecks } from './run-wall-check';
import { singleton } from './singleton';
import { store } from './store/db';
import { beat, heartbeatSeconds, instanceId, reconcileDeadInstances } from './store/instances';
import { keepSealing } from './store/sealer';
import { forgetThrottles } from './store/throttles';

const retrySeconds = 5;
const reconcileSeconds = 30;
const partitionHours = 12;
const sweepSeconds = 10;
const wallCheckMinutes = 10;
const throttleHours = 6;
const verifyMinutes = 10;
const scheduleSeconds = 10;
const expiryMinutes = 10;
const alertSeconds = 30;
const presenceMinutes = 60;

/**
 * Starts what runs beside requests: store migrations, heartbeat, reconciliation, jobs. It does not wait for the store:
 * pages open and say what is wrong while it is away. With HOWDAH_START=fail a store that can't be used ends the
 * process; a store of a newer Howdah always does. With HOWDAH_JOBS=elsewhere it runs no jobs.
 * `direct` are the doors that do without Next, where Next is not a development server that loads them anew.
 */
export function startHowdah(direct: DirectDoor[]): void {
  singleton('start', () => {
    checkEnvironment();
    guardHttp();
    keepAnswers();
    notePeers();
    serveDirectly(env().NODE_ENV === 'production' ? direct : []);
    stopOnSignal();
    return keepStore(env().HOWDAH_JOBS === 'here');
  });
}

/** Starts the same without requests: a process that runs jobs alone. */
export function startJobs(): void {
  singleton('start', () => {
    checkEnvironment();
    stopOnSignal();
    return keepStore(true);
  });
}

/** Next would go on serving after an error here; an environment that is not safe must end the process. */
function checkEnvironment(): void {
  try {
    env();
  } catch (error) {
    console.error(`howdah: it does not start: ${inWords(error)}`);
    process.exit(1);
  }
}

async function keepStore(hasJobs: boolean): Promise<void> {
  for (;;) {
    try {
      const applied = await openStore();
      if (applied.length > 0) console.log(`howdah: the store was migrated: ${applied.join(', ')}`);
      await beat();
      await recordStart(applied);
      break;
    } catch (error) {
      console.error(`howdah: the store cannot be used: ${inWords(error)}`);
      if (env().HOWDAH_START === 'fail' || isNewerStore(error)) process.exit(1);
      await sleep(retrySeconds * 1000);
    }
  }
  every(heartbeatSeconds, beat);
  every(reconcileSeconds, reconcileDeadInstances);
  every(partitionHours * 3600, () => sql`select ensure_history_partitions()`.execute(store()));
  every(syncSeconds, syncDueServers);
  every(wallCheckMinutes * 60, queueWallChecks);
  every(revokedSeconds, cancelRevoked);
  every(throttleHours * 3600, forgetThrottles);
  every(verifyMinutes * 60, verifyDaily);
  every(scheduleSeconds, beginDueRuns);
  every(expiryMinutes * 60, queueExpiry);
  every(alertSeconds, watchBackups);
  every(presenceMinutes * 60, lookForFiles);
  void keepSealing();
  if (hasJobs) void openQueue();
  await offerSetUp().catch((error) =>
    console.error(`howdah: set-up could not be offered: ${inWords(error)}`),
  );
}

async function recordStart(applied: string[]): Promise<void> {
  const doer = systemDoer('start');
  const [migrated, started] = [
    { action: 'store.migrate', subject: { kind: 'store', name: 'store' }, detail: { applied } },
    { action: 'instance.start', subject: { kind: 'instance', name: instanceId() } },
  ] as const;
  if (applied.length > 0) await recordEvent(doer, migrated, { result: 'succeeded' });
  await recordEvent(doer, started, { result: 'succeeded' });
}

/** Takes jobs, and sees to what dead instances left; one sweep at a time, since servers may be slow to answer. */
async function openQueue(): Promise<void> {
  let isOpen = false;
  for (;;) {
    try {
      if (!isOpen) await startWorker(jobKinds, await backupPlace());
      isOpen = true;
      await sweepJobs(jobKinds);
    } catch (error) {
      console.error(`howdah: the job queue: ${errorText(error)}`);
    }
    await sleep(sweepSeconds * 1000, undefined, { ref: false });
  }
}

function isNewerStore(error: unknown): boolean {
  return error instanceof AppError && error.code === 'conflict';
}

function inWords(error: unknown): string {
  return error instanceof AppError ? errorLine(error) : String(error);
}

function every(seconds: number, work: () => Promise<unknown>): void {
  const run = () => work().catch((error) => console.error(`howdah: ${work.name} failed: ${error}`));
  setInterval(run, seconds * 1000).unref();
  void run();
}
