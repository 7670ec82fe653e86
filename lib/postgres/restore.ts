import 'server-only';
import { randomUUID } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { type ArchiveEntry, cutByOwners, readContents, type Segment } from './archive-contents';
import { type PrivilegeStatement, readPrivileges, rolesOf } from './archive-privileges';
import { type ArchiveInput, readTool, type ToolRun } from './client-process';
import { programOf } from './client-tools';
import { type ClientTools, setsUnknownTimeout } from './client-version';
import type { Endpoint } from './connection';
import { jobName, withJobConnection } from './terminate';

export type Restore = {
  /** The new, empty database, as the role that restores. */
  endpoint: Endpoint;
  tools: ClientTools;
  /** The major version of the server. */
  serverMajor: number;
  /** Opens the archive; each run reads it from its start and closes it. Null for one in a folder. */
  openArchive: () => Promise<ArchiveInput | null>;
  /** Where an archive in the directory format lies, and how many jobs restore it. */
  directory: { folder: string; jobs: number } | null;
  /** Roles whose privileges are left out: Howdah's own, which are granted anew. */
  ownRoles: string[];
  /** The dump ids of the entries that were picked; null for all. */
  picked: ReadonlySet<number> | null;
  jobId: string;
  signal: AbortSignal;
  onMessage: (message: string) => void;
  /** Hears what is done now, and how far that is, 0…1. */
  onProgress: (activity: string, progress: number) => void;
};

/** What was left out: roles that are not on this server, and privileges that PostgreSQL refused. */
export type Restored = { missingRoles: string[]; problems: string[] };

/**
 * Restores an archive into a new database in three passes: objects and rows, which must all succeed; privileges one by
 * one, where a missing role costs only what was for it; then what needs them in force (refreshes, event triggers). An object
 * whose owner is not on this server belongs to the restoring role. Throws AppError; the database is then to be dropped.
 */
export async function restoreArchive(restore: Restore): Promise<Restored> {
  const all = readContents(await list(restore));
  const { picked } = restore;
  const entries = picked === null ? all : all.filter(({ id }) => picked.has(id));
  const roles = await withJobConnection(restore.endpoint, restore, listRolesToOwn);
  const progress = countEntries(restore, entries.length);
  const ofPass = (pass: ArchiveEntry['pass']) => entries.filter((entry) => entry.pass === pass);

  const main = cutByOwners(ofPass('main'), roles);
  for (const segment of main.segments) await restoreSegment(restore, segment, progress);
  const granted = await restorePrivileges(restore, ofPass('privileges'));
  const last = cutByOwners(ofPass('last'), roles);
  for (const segment of last.segments) await restoreSegment(restore, segment, progress);

  const missingRoles = [...new Set([...main.missing, ...last.missing, ...granted.missingRoles])].sort();
  return { missingRoles, problems: granted.problems };
}

async function list(restore: Listing): Promise<string> {
  return withArchive(restore, (input) => readTool(toolRun(restore, input, ['--list'])));
}

/** What reading an archive's table of contents needs. */
export type Listing = Pick<Restore, 'tools' | 'jobId' | 'signal' | 'onMessage' | 'openArchive' | 'directory'>;

/** The entries of an archive, in the order in which they are restored. Throws AppError. */
export async function listArchive(listing: Listing): Promise<ArchiveEntry[]> {
  return readContents(await list(listing));
}

/** The roles that the connected one may make owners: all for a superuser. */
async function listRolesToOwn(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name from pg_catalog.pg_roles where pg_catalog.pg_has_role(oid,
      case when pg_catalog.current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end)`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** Turns pg_restore's messages into what it does now and how far it is, by entries. */
function countEntries({ onProgress, onMessage }: Restore, total: number): (message: string) => void {
  let done = 0;
  return (message) => {
    onMessage(message);
    const [, verb, rest = ''] =
      /^pg_restore: (creating|processing data for table|executing) (.*)$/s.exec(message) ?? [];
    if (verb === undefined) return;
    done += 1;
    const words =
      verb === 'processing data for table'
        ? `Loading ${rest}`
        : `${verb === 'creating' ? 'Creating' : 'Running'} ${rest}`;
    onProgress(words.replace(/\s+/g, ' ').slice(0, 200), Math.min(1, done / Math.max(1, total)));
  };
}

/** Nothing waits for the disk statement by statement: what publishes the database is flushed, and all before it with it. */
const settings = '-c synchronous_commit=off';

async function restoreSegment(
  restore: Restore,
  { entries, keepsOwners }: Segment,
  onMessage: (message: string) => void,
): Promise<void> {
  await withUseList(restore.jobId, entries, (useList) =>
    withArchive(restore, async (input) => {
      const isForgiving = setsUnknownTimeout(restore.tools, restore.serverMajor);
      const run = toolRun(restore, input, [
        ...['--verbose', '--no-privileges', `--use-list=${useList}`],
        ...(isForgiving ? [] : ['--exit-on-error']),
        ...(keepsOwners ? [] : ['--no-owner']),
        ...jobsOf(restore, isForgiving),
      ]);
      const forgiving = isForgiving ? { forgives: isUnknownTimeout } : {};
      await readTool({ ...run, ...forgiving, endpoint: restore.endpoint, settings, onMessage });
    }),
  );
}

/** A tool that goes on after errors counts those of each job by itself, so that it gets one. */
function jobsOf({ directory }: Restore, isForgiving: boolean): string[] {
  return directory === null || isForgiving ? [] : [`--jobs=${directory.jobs}`];
}

/**
 * Told by the command, which is the tool's own: the server's words may be in any language. No other command ends so
 * in the second line of a message.
 */
function isUnknownTimeout(message: string): boolean {
  return /^pg_restore: error: [^\n]*\nCommand was: SET transaction_timeout = 0;\s*$/.test(message);
}

/** Privileges go statement by statement over the protocol: never through psql, never together. */
async function restorePrivileges(restore: Restore, entries: ArchiveEntry[]): Promise<Restored> {
  if (entries.length === 0) return { missingRoles: [], problems: [] };
  restore.onProgress('Granting privileges', 0.95);
  const script = await withUseList(restore.jobId, entries, (useList) =>
    withArchive(restore, (input) => readTool(toolRun(restore, input, ['--file=-', `--use-list=${useList}`]))),
  );
  const statements = readPrivileges(script, restore.ownRoles);
  return withJobConnection(restore.endpoint, restore, (client) => grant(client, statements, restore.signal));
}

async function grant(
  client: pg.Client,
  statements: PrivilegeStatement[],
  signal: AbortSignal,
): Promise<Restored> {
  const { rows } = await client.query<{ name: string }>('select rolname as name from pg_catalog.pg_roles');
  const known = new Set(rows.map(({ name }) => name));
  const missingRoles = new Set<string>();
  const problems: string[] = [];
  for (const statement of statements) {
    signal.throwIfAborted();
    const missing = rolesOf(statement).filter((role) => !known.has(role));
    for (const role of missing) missingRoles.add(role);
    if (missing.length === 0) problems.push(...(await attempt(client, statement, signal)));
  }
  return { missingRoles: [...missingRoles], problems };
}

async function attempt(
  client: pg.Client,
  { sql, as }: PrivilegeStatement,
  signal: AbortSignal,
): Promise<string[]> {
  try {
    if (as !== null) await send(client, `set session authorization ${as}`);
    await send(client, sql);
    return [];
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof pg.DatabaseError) return [`${sql}: ${error.message}`];
    throw error;
  } finally {
    if (as !== null) await send(client, 'reset session authorization').catch(() => undefined);
  }
}

/** One statement by the extended protocol, which takes no second one. */
async function send(client: pg.Client, text: string): Promise<void> {
  await client.query({ text, queryMode: 'extended' } as pg.QueryConfig);
}

function toolRun(listing: Listing, input: ArchiveInput | null, args: string[]): ToolRun {
  const { tools, directory, jobId, signal, onMessage } = listing;
  return {
    program: programOf(tools, 'pg_restore'),
    args,
    ...(directory === null ? {} : { operand: directory.folder }),
    endpoint: null,
    input,
    applicationName: jobName(jobId),
    signal,
    onMessage,
  };
}

async function withArchive<T>(
  { openArchive }: Pick<Restore, 'openArchive'>,
  work: (input: ArchiveInput | null) => Promise<T>,
): Promise<T> {
  const input = await openArchive();
  try {
    return await work(input);
  } finally {
    if (input instanceof Readable) input.destroy();
    else await input?.close();
  }
}

/** What the names of a job's lists begin with. */
const listPrefix = (jobId: string) => `howdah-contents-${jobId}-`;

/** Removes the lists that a killed job has left on this machine. */
export async function removeUseLists(jobId: string): Promise<void> {
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith(listPrefix(jobId)));
  for (const name of left) await rm(path.join(tmpdir(), name), { force: true });
}

async function withUseList<T>(
  jobId: string,
  entries: ArchiveEntry[],
  work: (file: string) => Promise<T>,
): Promise<T> {
  const file = path.join(tmpdir(), `${listPrefix(jobId)}${randomUUID()}`);
  await writeFile(file, entries.map(({ line }) => `${line}\n`).join(''), { mode: 0o600, flag: 'wx' });
  try {
    return await work(file);
  } finally {
    await rm(file, { force: true });
  }
}
