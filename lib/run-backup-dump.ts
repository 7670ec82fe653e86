import 'server-only';
import type { BackupFormat, BackupOptions } from './job-types';
import { packDirectory } from './jobs/directory-tar';
import type { JobRun } from './jobs/job-run';
import { makeWorkFolder, removeWorkFolder } from './jobs/work-folders';
import type { ClientTools } from './postgres/client-version';
import type { Endpoint } from './postgres/connection';
import { dumpDatabase, dumpDirectory } from './postgres/dump';
import { createDumpProgress, createParallelProgress, type DumpTable } from './postgres/dump-progress';

/** Bytes as people read them, for a job's activity. */
const megabyte = 1024 * 1024;

/** The share of a dump at which its folder is written; what follows is packing it. */
const dumpedShare = 0.8;

type Plan = {
  endpoint: Endpoint;
  tools: ClientTools;
  tables: DumpTable[];
  wanted: BackupOptions & { format: BackupFormat };
  snapshot: string;
  /** The share of the job that the dump is. */
  share: number;
};

/** A dump as it comes, and who is told how many bytes of it have been written. */
export type DumpChunks = { chunks: AsyncIterable<Buffer>; onBytes: (bytes: number) => void };

/** What pg_dump makes of a database: as it writes it, or one tar of the folder that it has written. */
export function dumpChunks(run: JobRun, plan: Plan): DumpChunks {
  return plan.wanted.format === 'directory' ? folderChunks(run, plan) : streamChunks(run, plan);
}

function streamChunks(run: JobRun, { tables, share, ...plan }: Plan): DumpChunks {
  const progress = createDumpProgress(tables);
  let activity = 'Reading the definitions';
  const onMessage = (message: string) => {
    run.log(message);
    activity = progress.hear(message) ?? activity;
    run.report({ activity, progress: share * progress.value() });
  };
  return {
    chunks: dumpDatabase({ ...plan, jobId: run.job.id, signal: run.signal, onMessage }),
    onBytes(bytes) {
      progress.measure(bytes);
      run.report({
        activity: `${activity} · ${inMegabytes(bytes)} written`,
        progress: share * progress.value(),
      });
    },
  };
}

/** Several processes can't share a stream: each writes files of its own, beside the backups and without encryption. */
function folderChunks(run: JobRun, { tables, share, ...plan }: Plan): DumpChunks {
  const progress = createParallelProgress(tables);
  let total = 1;
  const onMessage = (message: string) => {
    run.log(message);
    const activity = progress.hear(message);
    const far = { progress: share * dumpedShare * progress.value() };
    run.report(activity === null ? far : { ...far, activity });
  };
  async function* chunks(): AsyncGenerator<Buffer, void> {
    const folder = await makeWorkFolder(run.job.id);
    try {
      const dump = { ...plan, jobId: run.job.id, signal: run.signal, onMessage };
      await dumpDirectory(dump, folder, plan.wanted.jobs);
      const packed = await packDirectory(folder);
      total = Math.max(1, packed.bytes);
      yield* packed.chunks;
    } finally {
      await removeWorkFolder(run.job.id);
    }
  }
  return {
    chunks: chunks(),
    onBytes: (bytes) =>
      run.report({
        activity: `Packing · ${inMegabytes(bytes)} written`,
        progress: share * Math.min(0.99, dumpedShare + (1 - dumpedShare) * (bytes / total)),
      }),
  };
}

function inMegabytes(bytes: number): string {
  return `${(bytes / megabyte).toFixed(1)} MB`;
}
