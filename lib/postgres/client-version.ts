import { AppError } from '../errors';

/** A client tool of one installation: its version and the folder of its programs. */
export type ClientTools = { major: number; minor: number; folder: string };

/**
 * The least minor version of each major that has no known hole: CVE-2026-6477, by which a hostile server overruns
 * the dump client, and all before it. A major above these is taken as it is; one below is no longer maintained.
 */
const leastMinors: Record<number, number> = { 14: 23, 15: 18, 16: 14, 17: 10, 18: 4 };
const oldestMajor = 14;

/** `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` → 15 and 18; null for any other text. */
export function parseToolVersion(text: string): { major: number; minor: number } | null {
  const [, major, minor] = /^pg_dump \(PostgreSQL\) (\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return major === undefined ? null : { major: Number(major), minor: Number(minor ?? 0) };
}

/** The words for a version: `15.18`. */
export function versionText({ major, minor }: Pick<ClientTools, 'major' | 'minor'>): string {
  return `${major}.${minor}`;
}

/**
 * Of the tools found, those of the lowest major that is not below `wanted`, and of it the newest minor. Throws
 * AppError `conflict` with the command that installs what is missing, or that renews what is too old.
 */
export function chooseTools(found: readonly ClientTools[], wanted: number): ClientTools {
  const fitting = found.filter(({ major }) => major >= Math.max(wanted, oldestMajor));
  const usable = fitting.filter(isSafe).sort((a, b) => a.major - b.major || b.minor - a.minor);
  const [best] = usable;
  if (best !== undefined) return best;
  throw fitting[0] === undefined ? missing(found, wanted) : tooOld(fitting);
}

function isSafe({ major, minor }: ClientTools): boolean {
  return minor >= (leastMinors[major] ?? 0);
}

function missing(found: readonly ClientTools[], wanted: number): AppError {
  const there = found.map((tools) => `${versionText(tools)} in ${tools.folder}`).join(', ');
  return new AppError(
    'conflict',
    `This machine has no pg_dump and pg_restore of PostgreSQL ${wanted} or newer (found: ${there || 'none'}), and an older one refuses the server.`,
    { hint: `Install them: ${installCommand(Math.max(wanted, oldestMajor))}` },
  );
}

function tooOld(found: readonly ClientTools[]): AppError {
  const [first] = [...found].sort((a, b) => a.major - b.major || b.minor - a.minor);
  const { major, minor, folder } = first ?? { major: 0, minor: 0, folder: '' };
  return new AppError(
    'conflict',
    `pg_dump ${versionText({ major, minor })} in ${folder} is older than ${major}.${leastMinors[major] ?? 0}, and its known security holes let a server attack it.`,
    { hint: `Renew it: ${installCommand(major)}` },
  );
}

function installCommand(major: number): string {
  switch (process.platform) {
    case 'darwin':
      return `brew install postgresql@${major}`;
    case 'win32':
      return `winget install PostgreSQL.PostgreSQL.${major}`;
    default:
      return `apt-get install postgresql-client-${major}`;
  }
}

/**
 * Whether a server refuses what this pg_restore sends first, and only that: 17 and newer set transaction_timeout, which
 * came with 17. The archives of such a tool can't be read by an older one, so that it must do.
 */
export function setsUnknownTimeout({ major }: Pick<ClientTools, 'major'>, serverMajor: number): boolean {
  return major >= 17 && serverMajor < 17;
}
