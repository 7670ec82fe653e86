import 'server-only';
import { AppError } from './errors';
import type { JobResult } from './job-types';
import type { JobRun, JobWork } from './jobs/job-run';
import { databaseMaintenanceRequest, maintenanceRequest } from './operations-schema';
import { inWords } from './postgres/errors';
import { errorWithLeft, type MaintenanceStep, type Undone, withMaintenance } from './postgres/maintain';
import { createProgress, type Phase } from './postgres/maintenance-progress';
import type { Target } from './postgres/target';
import { endBackendsOf, targetOfJob } from './run-jobs';
import { listSteps, type TableStep } from './run-maintain-database';
import { describeMaintained } from './run-maintenance';
import { maintenanceSql } from './sql/maintenance';

/**
 * The job that maintains a relation, an index, or every table of a database. It leaves nothing running; an index that it
 * leaves invalid it names.
 */
export const maintenanceWork: JobWork = {
  async run(run) {
    const { server, database, payload } = run.job;
    const given = payload.work;
    if (typeof given !== 'object' || given === null) {
      throw new AppError('internal', 'The job says nothing of its work.');
    }
    const target = await targetOfJob(run.job, database);
    const isWhole = 'kind' in given && given.kind === 'database';
    return isWhole
      ? maintainDatabase(run, target, databaseMaintenanceRequest.parse({ ...given, server, database }))
      : maintainOne(run, target, maintenanceRequest.parse({ ...given, server, database }));
  },
  cleanUp: endBackendsOf,
};

type MaintenanceRequest = Parameters<typeof describeMaintained>[1];

async function maintainOne(run: JobRun, target: Target, request: MaintenanceRequest): Promise<null> {
  run.report({ activity: 'Looking at the table' });
  const { table, indexes } = await describeMaintained(target, request);
  const sql = maintenanceSql(request);
  const isByIndex = request.action === 'reindex' && request.kind === 'relation';
  const progress = createProgress(isByIndex ? Math.max(1, indexes) : 1);
  run.log(`howdah: ${sql}`);
  run.report({ activity: 'Waiting for PostgreSQL' });
  const onPhase = (phase: Phase) => run.report({ activity: phase.name, progress: progress(phase) });
  const undone = await withMaintenance(optionsOf(run, target, onPhase), (maintain) =>
    maintain({ sql, table }),
  );
  if (undone !== null) throw errorWithLeft(undone);
  return null;
}

type DatabaseRequest = Parameters<typeof listSteps>[1];

/** One table after the other; one that can't be done now is left out, and said. */
async function maintainDatabase(run: JobRun, target: Target, request: DatabaseRequest): Promise<JobResult> {
  run.report({ activity: 'Looking at the tables' });
  const { steps } = await listSteps(target, request);
  const total = steps.reduce((bytes, step) => bytes + step.bytes, 0) || 1;
  const problems: string[] = [];
  let report = (_: Phase) => {};
  await withMaintenance(
    optionsOf(run, target, (phase) => report(phase)),
    async (maintain) => {
      let before = 0;
      for (const [index, table] of steps.entries()) {
        const what = `${table.name}, table ${index + 1} of ${steps.length}`;
        const part = createProgress(request.action === 'reindex' ? Math.max(1, table.indexes) : 1);
        const done = before;
        report = (phase) => {
          const progress = (done + table.bytes * (part(phase) ?? 0)) / total;
          run.report({ activity: `${what}: ${phase.name}`, progress });
        };
        run.report({ activity: what, progress: done / total });
        problems.push(...(await maintainTable(run, table, maintain)));
        before += table.bytes;
      }
    },
  );
  if (problems.length < steps.length) return { missing_roles: [], problems };
  throw new AppError('conflict', `No table could be maintained. ${problems.join(' ')}`);
}

type Maintain = (step: MaintenanceStep) => Promise<Undone | null>;

/** Answers why a table was left out, if it was. What a REINDEX that gave up has left is dropped: it would fill the disk. */
async function maintainTable(run: JobRun, table: TableStep, maintain: Maintain): Promise<string[]> {
  const sql = maintenanceSql(table.step);
  run.log(`howdah: ${sql}`);
  const undone = await maintain({ sql, table: table.oid });
  if (undone === null) return [];
  const kept: string[] = [];
  for (const index of undone.invalid) {
    const drop = maintenanceSql({ action: 'drop_index', kind: 'index', ...index });
    run.log(`howdah: ${drop}`);
    const isLeft = (await maintain({ sql: drop, table: table.oid })) !== null;
    if (isLeft) kept.push(`${index.schema}.${index.name}`);
  }
  const problem = `${table.name}: ${inWords(undone.error)}`;
  run.log(`howdah: left out: ${problem}`);
  return [kept.length === 0 ? problem : `${problem} ${kept.join(', ')} could not be dropped.`];
}

function optionsOf(run: JobRun, target: Target, onPhase: (phase: Phase) => void) {
  const { job, signal, log: onMessage } = run;
  return { endpoint: target.endpoint(), jobId: job.id, signal, onMessage, onPhase };
}
