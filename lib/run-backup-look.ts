import 'server-only';
import type pg from 'pg';
import { errorText } from './errors';
import type { BackupOptions } from './job-types';
import type { JobRun } from './jobs/job-run';
import type { InventoryObject, Manifest, SequenceSpan, SequenceValue } from './manifest';
import { describeSource, type SourceDatabase } from './postgres/catalog/backup-source';
import { listInventory } from './postgres/catalog/inventory';
import { listSequenceValues } from './postgres/catalog/sequence-values';
import type { Endpoint } from './postgres/connection';
import type { DumpTable } from './postgres/dump-progress';
import { attempt, beginLook, exportSnapshot, type Look, readTables, useWorkers } from './postgres/snapshot';
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
  /**
   * Lists the objects and counts the rows beside the dump, and looks where the sequences stand when it is over. What can't
   * be read is among its problems; never rejects.
   */
  takeManifest: (dump: Promise<unknown>) => Promise<Taken>;
  /** Sums the tables that were counted. For when the dump is over: it takes workers. Rejects when it is cancelled. */
  sumTables: (counted: Manifest, onTable: Look['onTable']) => Promise<Pick<Manifest, 'tables' | 'problems'>>;
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
    const standing = standsWhole(backup.options) ? await readSequences(client) : new Map();
    try {
      return await work({
        source,
        snapshot: await exportSnapshot(client),
        wantsSums: isCompared(backup.options) && source.tables.length > 0 && source.sizeBytes <= sumsUpTo,
        takeManifest: async (dump) => {
          try {
            if (!isCompared(backup.options)) return { manifest: null, problems: [] };
            const objects = await objectsOf(client, backup.options);
            const counts = await readTables(client, look);
            await dump;
            const manifest = { objects, sequences: spans(standing, await readSequences(client)), ...counts };
            return { manifest, problems: counts.problems };
          } catch (error) {
            const problem = `What was backed up could not be counted, so that it can't be proven: ${errorText(error)}`;
            return { manifest: null, problems: [problem] };
          }
        },
        sumTables: async ({ tables }, onTable) => {
          await useWorkers(client, sumWorkers);
          return readTables(client, { tables, hasSums: true, signal, onTable });
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

/** The chosen tables come without what else their database holds. */
async function objectsOf(client: pg.Client, options: BackupOptions): Promise<InventoryObject[] | null> {
  return options.relations === null ? listInventory(client, options.contents === 'all') : null;
}

/** Whether a backup has all sequences and where they stand. */
function standsWhole({ contents, relations }: BackupOptions): boolean {
  return contents === 'all' && relations === null;
}

/** By name; none where the role may not read one, which then is pg_dump's to say. */
async function readSequences(client: pg.Client): Promise<Map<string, SequenceValue>> {
  const values = await attempt(client, () => listSequenceValues(client)).catch(() => []);
  return new Map(values.map((value) => [value.name, value]));
}

function spans(before: Map<string, SequenceValue>, after: Map<string, SequenceValue>): SequenceSpan[] {
  return [...before.values()].flatMap((value) => {
    const later = after.get(value.name);
    return later === undefined ? [] : [{ name: value.name, before: value, after: later }];
  });
}
