import { leadingWords, outline } from './outline';
import { isSymbol, keyword, readToken } from './tokens';
import { readVerb } from './verb';

/** What a statement is, by its words. */
export type StatementClass = {
  /** Upper-case word(s) that PostgreSQL's command tag begins with: 'SELECT', 'CREATE INDEX'; '' where there is none. */
  verb: string;
  /** Transaction control. `savepoint` is also RELEASE and ROLLBACK TO; `prepare` is all of two-phase commit. */
  transaction: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'prepare' | null;
  /**
   * PostgreSQL refuses it inside a transaction block (VACUUM, CREATE DATABASE, COMMIT PREPARED …), or it may end
   * transactions from within (CALL, DO). BEGIN, COMMIT and their like are told by `transaction` alone.
   */
  outsideTransaction: boolean;
  /** COPY over the client's connection: neither a file nor a program. */
  copy: 'from-stdin' | 'to-stdout' | null;
  /** The first word of a psql meta-command, e.g. '\\d', or null. */
  metaCommand: string | null;
};

/** Refused in a transaction block, or ending transactions from within, in every form. */
const ALWAYS_OUTSIDE: ReadonlySet<string> = new Set([
  'ALTER SUBSCRIPTION',
  'ALTER SYSTEM',
  'CALL',
  'COMMIT PREPARED',
  'CREATE DATABASE',
  'CREATE SUBSCRIPTION',
  'CREATE TABLESPACE',
  'DISCARD ALL',
  'DO',
  'DROP DATABASE',
  'DROP SUBSCRIPTION',
  'DROP TABLESPACE',
  'ROLLBACK PREPARED',
  'VACUUM',
]);

/**
 * Classifies one statement by its leading words, comments skipped. This is a convenience and **not a security
 * boundary**: it looks neither into functions nor into common table expressions, and it believes that the text is valid
 * SQL. Never throws.
 */
export function classify(statement: string): StatementClass {
  const metaCommand = readMetaCommand(statement);
  const verb = metaCommand === null ? readVerb(statement) : '';
  return {
    verb,
    transaction: readTransaction(statement, verb),
    outsideTransaction: ALWAYS_OUTSIDE.has(verb) || isOutsideByForm(statement, verb),
    copy: verb === 'COPY' ? readCopy(statement) : null,
    metaCommand,
  };
}

/** From the backslash to white space, a semicolon or the next backslash. */
function readMetaCommand(statement: string): string | null {
  const token = readToken(statement, 0);
  if (!token || !isSymbol(statement, token, '\\')) return null;
  return /^\\[^\s;\\]*/.exec(statement.slice(token.start))?.[0] ?? null;
}

function readTransaction(statement: string, verb: string): StatementClass['transaction'] {
  switch (verb) {
    case 'BEGIN':
    case 'START TRANSACTION':
      return 'begin';
    case 'COMMIT':
      return 'commit';
    case 'ROLLBACK':
      return leadingWords(statement, 3).includes('TO') ? 'savepoint' : 'rollback';
    case 'SAVEPOINT':
    case 'RELEASE':
      return 'savepoint';
    case 'PREPARE TRANSACTION':
    case 'COMMIT PREPARED':
    case 'ROLLBACK PREPARED':
      return 'prepare';
    default:
      return null;
  }
}

/** Whether this form of a command is refused in a transaction block, when others of its verb are not. */
function isOutsideByForm(statement: string, verb: string): boolean {
  switch (verb) {
    case 'CREATE INDEX':
    case 'DROP INDEX':
    case 'ALTER TABLE':
      return isConcurrent(statement);
    case 'REINDEX':
      return isConcurrent(statement) || isReindexOfMany(statement) || hasConcurrentOption(statement);
    case 'CLUSTER':
      return isClusterOfAll(statement);
    case 'ALTER DATABASE':
      return leadingWords(statement, 5).slice(3).join(' ') === 'SET TABLESPACE';
    default:
      return false;
  }
}

/** CONCURRENTLY can be no unquoted name of a relation or a column: wherever it stands, it is the key word. */
function isConcurrent(statement: string): boolean {
  for (const word of outline(statement)) {
    if (word === 'CONCURRENTLY') return true;
  }
  return false;
}

function isReindexOfMany(statement: string): boolean {
  const [, kind] = leadingWords(statement, 4).filter((word) => word !== '(' && word !== ')');
  return kind === 'SCHEMA' || kind === 'DATABASE' || kind === 'SYSTEM';
}

/** REINDEX (…, CONCURRENTLY, …) unless the option is switched off. */
function hasConcurrentOption(statement: string): boolean {
  let isOption = false;
  for (let token = readToken(statement, 0); token; token = readToken(statement, token.end)) {
    if (isOption) return !/^(false|off|0|'false'|'off'|'0')$/i.test(statement.slice(token.start, token.end));
    isOption = keyword(statement, token) === 'CONCURRENTLY';
  }
  return false;
}

/** CLUSTER with its options and no table. */
function isClusterOfAll(statement: string): boolean {
  const words = leadingWords(statement, 5);
  return words.every((word) => ['CLUSTER', '(', ')', 'VERBOSE'].includes(word));
}

/** The direction decides: the grammar takes FROM STDOUT and TO STDIN too. */
function readCopy(statement: string): StatementClass['copy'] {
  let direction: StatementClass['copy'] = null;
  for (const word of outline(statement)) {
    if (direction !== null) return word === 'STDIN' || word === 'STDOUT' ? direction : null;
    if (word === 'FROM') direction = 'from-stdin';
    if (word === 'TO') direction = 'to-stdout';
  }
  return null;
}
