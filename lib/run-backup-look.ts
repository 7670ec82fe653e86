import 'server-only';
import type pg from 'pg';
import type { BackupOptions } from './job-types';
import type { JobRun } from './jobs/job-run';
import type { Manifest } from './manifest';
import { describeSource, type SourceDatabase } from './postgres/catalog/backup-source';
import type { Endpoint } from './postgres/connection';
import type { DumpTable } from './postgres/dump-progress';
import { beginLook, exportSnapshot, type Look, takeManifest } from './postgres/snapshot';
import { withJobConnection } from './postgres/terminate';
import type { BackupRow } from './store/schema-backups';

/** Up to this size on disk the rows of a database are summed while it is backed up; above it they are counted. */
const sumsUpTo = 10 * 1024 ** 3;

/** What was counted; null where nothing could be. */
export type Taken = { manifest: Manifest | null; problems: string[] };

/** A database as it is in the one snapshot in which it is dumped, counted and summed. */
export type SnapshotLook = {
  source: SourceDatabase;
  snapshot: string;
  hasSums: boolean;
  /** Counts and sums, beside the dump. What can't be read is among its problems; never rejects. */
  takeManifest: () => Promise<Taken>;
};

/**
 * Looks at a database in a snapshot that stays open until `work` is done, so that pg_dump reads in the same one. When
 * `work` fails, what still counts there is cancelled. Throws AppError.
 */
export async function withSnapshot<T>(
  run: JobRun,
  { backup, endpoint }: { backup: Pick<BackupRow, 'options'>; endpoint: Endpoint },
  work: (look: SnapshotLook) => Promise<T>,
): Promise<T> {
  const failed = new AbortController();
  const signal = AbortSignal.any([run.signal, failed.signal]);
  return withJobConnection(endpoint, { jobId: run.job.id, signal }, async (client) => {
    await beginLook(client, 0);
    const whole = await describeSource(client);
    const source = { ...whole, tables: tablesIn(whole.tables, backup.options) };
    const hasSums = source.sizeBytes <= sumsUpTo;
    const look = { tables: source.tables, hasSums, signal, onTable: () => undefined };
    try {
      return await work({
        source,
        snapshot: await exportSnapshot(client),
        hasSums,
        takeManifest: () => manifestOf(client, look, backup.options).catch(nothingTaken),
      });
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  });
}

/** The tables whose rows a backup holds. */
function tablesIn(tables: DumpTable[], { contents, relations }: BackupOptions): DumpTable[] {
  if (contents === 'schema' || contents === 'globals') return [];
  if (relations === null) return tables;
  const chosen = new Set(relations.map(({ schema, relation }) => JSON.stringify([schema, relation])));
  return tables.filter(({ schema, name }) => chosen.has(JSON.stringify([schema, name])));
}

/** Rows alone, or roles, restore into no database of their own, so that nothing is counted that could be compared. */
async function manifestOf(
  client: pg.Client,
  look: Look,
  { contents, relations }: BackupOptions,
): Promise<Taken> {
  if (contents === 'data' || contents === 'globals') return { manifest: null, problems: [] };
  const manifest = await takeManifest(client, look);
  const compared = relations === null ? manifest : { ...manifest, objects: null };
  return { manifest: compared, problems: manifest.problems };
}

function nothingTaken(error: Error): Taken {
  const problem = `What was backed up could not be counted, so that it can't be proven: ${error.message}`;
  return { manifest: null, problems: [problem] };
}
