import 'server-only';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { rootCertificates } from 'node:tls';
import { env } from '../env';
import { AppError } from '../errors';
import type { TlsMode } from '../server';
import { connectSeconds, type Endpoint } from './connection';
import { readsAsServerTrouble } from './server-trouble';

/** An archive as it lies on the disk, or as it comes out of its encryption. */
export type ArchiveInput = FileHandle | Readable;

/** A client tool to run: a program of ours by its whole path, its own arguments, and whom it works for. */
export type ToolRun = {
  program: string;
  args: string[];
  /** The last argument, after those of the connection: what it works on. */
  operand?: string;
  /** Where it connects; null for one that only reads an archive. */
  endpoint: Endpoint | null;
  /** An archive to read from its start: a file, which stays the caller's, or a stream of it. */
  input: ArchiveInput | null;
  applicationName: string;
  /** Settings of its session, as libpq's PGOPTIONS. */
  settings?: string;
  signal: AbortSignal;
  /** Hears each message of its standard error, without its line end. */
  onMessage: (message: string) => void;
  /** Whether an error of a tool that goes on after errors costs nothing. Any other ends the tool. */
  forgives?: (message: string) => boolean;
};

/** How long a child may take to end after it was asked to, in milliseconds. */
const graceMs = 5_000;

/** Messages of a failed tool that its error quotes. */
const quotedMessages = 3;

/**
 * Runs a client tool without a shell and yields its standard output. Its environment holds only what libpq needs; the
 * password is in there, never among the arguments. Ends the child when the reader stops or the signal aborts.
 * Throws AppError `query_failed` with its last words when it fails.
 */
export async function* runTool(run: ToolRun): AsyncGenerator<Buffer, void> {
  run.signal.throwIfAborted();
  const folder = run.endpoint === null ? null : await writeCertificates(run.endpoint);
  const child = spawnTool(run, folder);
  const exited = exitOf(child, run.program);
  exited.catch(() => undefined);
  const fed = feed(child, run.input);
  fed.catch(() => undefined);
  const end = () => endChild(child);
  run.signal.addEventListener('abort', end, { once: true });
  try {
    const heard = readMessages(child.stderr, run, end);
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const [exit, { words, isForgiven }] = await Promise.all([exited, heard]);
    run.signal.throwIfAborted();
    await fed;
    if (exit.code !== 0 && !(exit.code === 1 && isForgiven)) throw failure(run, exit, words);
  } finally {
    run.signal.removeEventListener('abort', end);
    end();
    await exited.catch(() => undefined);
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a client tool to its end and answers its whole output as text. */
export async function readTool(run: ToolRun): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of runTool(run)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Gives a stream to a tool. One that has read enough goes without the rest; what the stream throws is the tool's end. */
async function feed(child: Child, input: ToolRun['input']): Promise<void> {
  if (!(input instanceof Readable) || child.stdin === null) return;
  const fed = pipeline(input, child.stdin).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
  fed.catch(() => endChild(child));
  return fed;
}

type Child = ChildProcessByStdio<Writable | null, Readable, Readable>;

function spawnTool(
  { program, args, operand, endpoint, input, applicationName, settings }: ToolRun,
  folder: string | null,
): Child {
  const target = endpoint === null ? [] : [`--dbname=${connectionString(endpoint, folder)}`, '--no-password'];
  return spawn(program, [...args, ...target, ...(operand === undefined ? [] : [operand])], {
    env: toolEnvironment({ endpoint, applicationName, settings }),
    stdio: [stdinOf(input), 'pipe', 'pipe'],
    cwd: tmpdir(),
    shell: false,
    windowsHide: true,
  }) as Child;
}

function stdinOf(input: ToolRun['input']): 'ignore' | 'pipe' | number {
  if (input === null) return 'ignore';
  return input instanceof Readable ? 'pipe' : input.fd;
}

/** Messages in English, so that they can be read; no home, so that no file of an account is. */
function toolEnvironment({
  endpoint,
  applicationName,
  settings,
}: Pick<ToolRun, 'endpoint' | 'applicationName' | 'settings'>): NodeJS.ProcessEnv {
  const { SystemRoot } = env();
  const variables: Record<string, string> = {
    LC_ALL: 'C',
    HOME: '/nonexistent',
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    ...(endpoint === null ? {} : { PGPASSWORD: endpoint.login.password, PGAPPNAME: applicationName }),
    ...(settings === undefined ? {} : { PGOPTIONS: settings }),
    PGCONNECT_TIMEOUT: String(connectSeconds),
    PGGSSENCMODE: 'disable',
  };
  return variables as NodeJS.ProcessEnv;
}

const sslmodes = {
  disable: 'disable',
  require: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
} as const satisfies Record<TlsMode, string>;

/**
 * libpq's connection string without the password. Every value is quoted, so that a database named `-Fp`, `a=b` or
 * `postgres://x` is just a name.
 */
export function connectionString(endpoint: Endpoint, certificates: string | null): string {
  const values = {
    host: endpoint.host,
    port: String(endpoint.port),
    user: endpoint.login.user,
    dbname: endpoint.database,
    sslmode: sslmodes[endpoint.tls.mode],
    ...(certificates === null ? {} : { sslrootcert: path.join(certificates, 'ca.pem') }),
  };
  return Object.entries(values)
    .map(([key, value]) => `${key}='${value.replace(/[\\']/g, '\\$&')}'`)
    .join(' ');
}

/** libpq reads the trusted certificates from a file: the server's own, else those that Node trusts as well. */
async function writeCertificates({ tls }: Endpoint): Promise<string | null> {
  if (tls.mode === 'disable' || tls.mode === 'require') return null;
  const folder = await mkdtemp(path.join(tmpdir(), 'howdah-ca-'));
  await writeFile(path.join(folder, 'ca.pem'), tls.ca ?? rootCertificates.join('\n'), { mode: 0o600 });
  return folder;
}

/** The first errors of a tool, and whether it had others, each of which was forgiven. */
type Heard = { words: string[]; isForgiven: boolean };

/**
 * Hears the messages of a tool one by one. A message begins with the program's name; a name with a line break in it
 * goes on without. A tool that would go on after an error that is not forgiven is ended.
 */
async function readMessages(
  stream: Readable,
  { onMessage, forgives }: ToolRun,
  end: () => void,
): Promise<Heard> {
  const errors: string[] = [];
  let forgiven = 0;
  let ignored = 0;
  const hear = (message: string) => {
    onMessage(message);
    ignored = Number(/^\w+: warning: errors ignored on restore: (\d+)$/.exec(message)?.[1] ?? ignored);
    if (!isError(message)) return;
    if (forgives?.(message)) {
      forgiven += 1;
      return;
    }
    errors.push(message.replace(/^\w+: \w+: |\n.*/gs, ''));
    if (forgives !== undefined) end();
  };
  let rest = '';
  stream.setEncoding('utf8');
  for await (const text of stream) {
    const messages = (rest + text).split(/\r?\n(?=\w+: )/);
    const last = messages.pop() ?? '';
    // The command that an error is about comes on a line of its own, and may come later.
    const isWhole = last.endsWith('\n') && !isError(last);
    for (const message of isWhole ? [...messages, last.trimEnd()] : messages) hear(message);
    rest = isWhole ? '' : last;
  }
  if (rest !== '') hear(rest.trimEnd());
  const isForgiven = errors.length === 0 && forgiven > 0 && forgiven === ignored;
  return { words: errors.slice(0, quotedMessages), isForgiven };
}

function isError(message: string): boolean {
  return /^\w+: (error|fatal):/.test(message);
}

type Exit = { code: number | null; signal: string | null };

async function exitOf(child: Child, program: string): Promise<Exit> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [Exit['code'], Exit['signal']];
    return { code, signal };
  } catch (cause) {
    throw new AppError('unreachable', `${program} could not be started.`, {
      hint: 'Check that it is whole and may be run by the account that Howdah runs as.',
      cause,
    });
  }
}

function endChild(child: Child): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), graceMs).unref();
}

function failure({ program, forgives }: ToolRun, { code, signal }: Exit, words: string[]): AppError {
  const name = path.basename(program).replace(/\.exe$/, '');
  const isEndedByUs = forgives !== undefined && words.length > 0;
  const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  const text = words.join(' ') || 'it did not say why';
  const kind = readsAsServerTrouble(text) ? 'unreachable' : 'query_failed';
  return new AppError(kind, `${name} ${isEndedByUs ? 'failed' : how}: ${text}`, {
    hint: 'The log of the job has more.',
  });
}
