import { leadingWords, outline } from './outline';

/** Commands whose tag is not their first word. */
const TAGS: Readonly<Record<string, string>> = {
  '(': 'SELECT',
  ABORT: 'ROLLBACK',
  ANALYSE: 'ANALYZE',
  CLOSE: 'CLOSE CURSOR',
  DECLARE: 'DECLARE CURSOR',
  END: 'COMMIT',
  LOCK: 'LOCK TABLE',
  TABLE: 'SELECT',
  TRUNCATE: 'TRUNCATE TABLE',
  VALUES: 'SELECT',
};

/** Tags of two words and more, other than those of CREATE, ALTER and DROP. */
const LONG_TAGS = [
  'COMMIT PREPARED',
  'DISCARD ALL',
  'DISCARD PLANS',
  'DISCARD SEQUENCES',
  'DISCARD TEMP',
  'IMPORT FOREIGN SCHEMA',
  'PREPARE TRANSACTION',
  'REASSIGN OWNED',
  'REFRESH MATERIALIZED VIEW',
  'ROLLBACK PREPARED',
  'SECURITY LABEL',
  'SET CONSTRAINTS',
  'START TRANSACTION',
];

/** Kinds of objects whose names have two words and more. */
const LONG_OBJECTS = [
  'ACCESS METHOD',
  'DEFAULT PRIVILEGES',
  'EVENT TRIGGER',
  'FOREIGN DATA WRAPPER',
  'FOREIGN TABLE',
  'LARGE OBJECT',
  'MATERIALIZED VIEW',
  'OPERATOR CLASS',
  'OPERATOR FAMILY',
  'TEXT SEARCH CONFIGURATION',
  'TEXT SEARCH DICTIONARY',
  'TEXT SEARCH PARSER',
  'TEXT SEARCH TEMPLATE',
  'USER MAPPING',
];

/** Words between CREATE (or DROP, ALTER) and the kind of object that no tag has. */
const MODIFIERS: ReadonlySet<string> = new Set([
  'CONSTRAINT',
  'DEFAULT',
  'GLOBAL',
  'LOCAL',
  'OR',
  'PROCEDURAL',
  'RECURSIVE',
  'REPLACE',
  'TEMP',
  'TEMPORARY',
  'TRUSTED',
  'UNIQUE',
  'UNLOGGED',
]);

const QUERY_WORDS: ReadonlySet<string> = new Set([
  'SELECT',
  'VALUES',
  'TABLE',
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
]);

/** Words of a WITH clause that a name follows, which may be one of the query words. */
const NAME_FOLLOWS: ReadonlySet<string> = new Set(['WITH', 'RECURSIVE', ',', 'BY', 'SET', 'CYCLE', 'USING']);

/**
 * The words that PostgreSQL's command tag for a statement begins with, as far as its leading words tell ('CREATE TABLE'
 * for CREATE TABLE AS too). A statement WITH common table expressions has the verb of its main query. An unknown
 * command is its first word in upper case, and '' stands for a text that begins with no word.
 */
export function readVerb(statement: string): string {
  const words = leadingWords(statement, 10);
  const first = words[0] ?? '';
  if (first === 'WITH') return mainVerb(statement);
  if (first === 'CREATE' || first === 'ALTER' || first === 'DROP') {
    return `${first} ${objectKind(words.slice(1))}`.trim();
  }
  return longest(LONG_TAGS, words) ?? TAGS[first] ?? first.replace(/^\W$/, '');
}

/** The phrase that these words begin with, if there is one. */
function longest(phrases: string[], words: string[]): string | undefined {
  const text = `${words.join(' ')} `;
  return phrases.find((phrase) => text.startsWith(`${phrase} `));
}

function objectKind(words: string[]): string {
  let rest = words;
  let long = longest(LONG_OBJECTS, rest);
  while (long === undefined && MODIFIERS.has(rest[0] ?? '')) {
    rest = rest.slice(1);
    long = longest(LONG_OBJECTS, rest);
  }
  const kind = long ?? rest[0] ?? '';
  return kind === 'USER' || kind === 'GROUP' ? 'ROLE' : kind;
}

function mainVerb(statement: string): string {
  let previous = '';
  for (const word of outline(statement)) {
    if (previous === ')' && word === '(') return 'SELECT';
    if (QUERY_WORDS.has(word) && !NAME_FOLLOWS.has(previous)) return TAGS[word] ?? word;
    previous = word;
  }
  return 'WITH';
}
