import 'server-only';
import type pg from 'pg';
import type { BackupOptions } from './job-types';
import type { JobRun } from './jobs/job-run';
import type { Manifest } from './manifest';
import { describeSource, type SourceDatabase } from './postgres/catalog/backup-source';
import type { Endpoint } from './postgres/connection';
import type { DumpTable } from './postgres/dump-progress';
import {
  beginLook,
  exportSnapshot,
  type Look,
  readTables,
  takeManifest,
  useWorkers,
} from './postgres/snapshot';
import { withJobConnection } from './postgres/terminate';
import type { BackupRow } from './store/schema-backups';

/** Up to this size on disk the rows of a database are summed once it is backed up; above it they are only counted. */
const sumsUpTo = 10 * 1024 ** 3;

/** Workers that read a table beside its backend. */
export const sumWorkers = 2;

/** What was counted; null where nothing could be. */
export type Taken = { manifest: Manifest | null; problems: string[] };

/** A database as it is in the one snapshot in which it is dumped, counted and summed. */
export type SnapshotLook = {
  source: SourceDatabase;
  snapshot: string;
  /** Whether it is to be summed when the dump is over. */
  wantsSums: boolean;
  /** Lists the objects and counts the rows, beside the dump. What can't be is among its problems; never rejects. */
  takeManifest: () => Promise<Taken>;
  /** Sums the tables that were counted. For when the dump is over: it takes workers. Rejects when it is cancelled. */
  sumTables: (counted: Manifest, onTable: Look['onTable']) => Promise<Manifest>;
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
    await beginLook(client);
    const whole = await describeSource(client);
    const source = { ...whole, tables: tablesIn(whole.tables, backup.options) };
    const look = { tables: source.tables, hasSums: false, signal, onTable: () => undefined };
    try {
      return await work({
        source,
        snapshot: await exportSnapshot(client),
        wantsSums: isCompared(backup.options) && source.tables.length > 0 && source.sizeBytes <= sumsUpTo,
        takeManifest: () => manifestOf(client, look, backup.options).catch(nothingTaken),
        sumTables: async ({ objects, tables }, onTable) => {
          await useWorkers(client, sumWorkers);
          return { objects, ...(await readTables(client, { tables, hasSums: true, signal, onTable })) };
        },
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

/** Rows alone, or roles, restore into no database of their own that could be compared. */
function isCompared({ contents }: BackupOptions): boolean {
  return contents === 'all' || contents === 'schema';
}

async function manifestOf(client: pg.Client, look: Look, options: BackupOptions): Promise<Taken> {
  if (!isCompared(options)) return { manifest: null, problems: [] };
  const manifest = await takeManifest(client, look);
  const compared = options.relations === null ? manifest : { ...manifest, objects: null };
  return { manifest: compared, problems: manifest.problems };
}

function nothingTaken(error: Error): Taken {
  const problem = `What was backed up could not be counted, so that it can't be proven: ${error.message}`;
  return { manifest: null, problems: [problem] };
}
