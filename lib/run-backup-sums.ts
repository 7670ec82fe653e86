import 'server-only';
import { errorText } from './errors';
import type { JobRun } from './jobs/job-run';
import { type Manifest, type TableSum, tableKey } from './manifest';
import type { SnapshotLook } from './run-backup-look';
import { putManifest } from './store/proofs';

/** The share of a job that the dump is, where its sums follow. */
export const dumpShare = 0.8;

/** A table weighs as much at least, in bytes, so that many empty ones show progress as well. */
const leastWeight = 8192;

/**
 * The second stage of a backup: sums what was dumped, in the dump's own snapshot, and adds it to what a proof compares. The
 * backup is good without. Answers what could not be summed; rejects only when the job is to end.
 */
export async function sumBackup(
  run: JobRun,
  backupId: string,
  { look, counted }: { look: SnapshotLook; counted: Manifest | null },
): Promise<string[]> {
  if (!look.wantsSums || counted === null) return [];
  try {
    const summed = await look.sumTables(counted, reporter(run, look, counted.tables));
    await putManifest(backupId, withSums(counted, summed), true);
    return summed.problems;
  } catch (error) {
    run.signal.throwIfAborted();
    return [
      `What was backed up could not be summed, so that a proof compares only counts: ${errorText(error)}`,
    ];
  }
}

/** A table that could be counted and not summed keeps its count. */
function withSums(counted: Manifest, summed: Pick<Manifest, 'tables' | 'problems'>): Manifest {
  const sums = new Map(summed.tables.map((table) => [tableKey(table), table]));
  return {
    ...counted,
    tables: counted.tables.map((table) => sums.get(tableKey(table)) ?? table),
    problems: [...counted.problems, ...summed.problems],
  };
}

/** Tells which table is summed, and how far that is by the bytes of the tables before it. */
function reporter(run: JobRun, { source }: SnapshotLook, tables: readonly TableSum[]) {
  const bytes = new Map(source.tables.map((table) => [tableKey(table), table.bytes]));
  const weights = tables.map((table) => Math.max(leastWeight, bytes.get(tableKey(table)) ?? 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let done = 0;
  return (table: string, place: number) => {
    run.report({
      activity: `The backup is whole. Summing ${table} (table ${place + 1} of ${tables.length})`,
      progress: dumpShare + ((1 - dumpShare) * done) / total,
    });
    done += weights[place] ?? 0;
  };
}
