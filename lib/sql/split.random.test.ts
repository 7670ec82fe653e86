import { loadModule, parseSync, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Random, seededRandom } from '@/scripts/samples/random';
import { splitStatements } from './split';

beforeAll(loadModule);

/** The statements that PostgreSQL's own parser sees, without the comments around them. */
function splitByServer(script: string): string[] {
  const bytes = Buffer.from(script);
  const tokens = scanSync(script).tokens.filter((token) => !token.tokenName.endsWith('_COMMENT'));
  let next = 0;
  return (parseSync(script).stmts ?? []).map((statement) => {
    const start = statement.stmt_location ?? 0;
    const end = statement.stmt_len ? start + statement.stmt_len : bytes.length;
    while ((tokens[next]?.start ?? end) < start) next++;
    const first = next;
    while ((tokens[next]?.end ?? Infinity) <= end) next++;
    return bytes.subarray(tokens[first]?.start, tokens[next - 1]?.end).toString();
  });
}

const NAMES = [
  'a',
  't',
  'a$$b',
  'é$$',
  '🐘',
  '名前',
  '"a;b"',
  '"a"";"',
  '"\'"',
  '"--"',
  '"/*"',
  'U&"\\0061;"',
] as const;
const WORDS = ['begin', 'atomic', 'procedure', 'function', 'replace', '"end"', '"case"'] as const;
const BLANKS = [
  ...[' ', ' ', ' ', '\n', '\t', '\r\n', '\f', '\v', '  '],
  ...["/* ; ' */", '/* a /* b; */ $$ */', '/***/', '/*/**/*/', '/* " -- */', '/* é */'],
  ...["-- ; '\n", '-- $$ \r', '--\n', '--- /*\n', '-- 🐘 "\n'],
] as [string, ...string[]];
const NASTY = [';', '--', '/*', '*/', '"', '$$', '$a$', ' ', '\n', 'x', 'é', '🐘', 'end', "''", '('] as const;

function many(random: Random, parts: readonly [string, ...string[]]): string {
  let text = '';
  for (let left = random.between(0, 4); left > 0; left--) text += random.pick(parts);
  return text;
}

function dollarQuoted(random: Random): string {
  const tag = random.pick(['$$', '$a$', '$b1$', '$é_$', '$A$']);
  const body = many(random, ["'", ';', '$', '$c$', '$1', '\\', '--', '/*', ' begin ', 'é', '🐘', '\n', '"']);
  return `${tag}${body.replaceAll(tag, '')} ${tag}`;
}

function stringConstant(random: Random): string {
  const plain = () => `'${many(random, [...NASTY, '\\'])}'`;
  const escaped = () => `'${many(random, [...NASTY, "\\'", '\\\\', '\\n', '\\x41', '\\u0041', '\\;'])}'`;
  const forms: [() => string, ...(() => string)[]] = [
    plain,
    () => dollarQuoted(random),
    () => `E${escaped()}`,
    () => `e${escaped()} \n ${escaped()}`,
    () => `${plain()}\r${plain()}`,
    () => `U&'${many(random, [...NASTY, '\\0041', '\\\\', '\\+000041'])}'`,
  ];
  return random.pick(forms)();
}

function expression(random: Random, depth = 0): string[] {
  const inner = () => expression(random, depth + 1);
  const forms: [() => string[], ...(() => string[])[]] = [
    () => [stringConstant(random)],
    () => [random.pick(["b'01'", "X'1f;'", "N'\\'", "n';'", "'\\'"])],
    () => [random.pick(NAMES)],
    () => [random.pick(['1', '1.5e3', '0x1f', '1_000', '.5', '$1', '$23'])],
    () => [random.pick(['t.end', 't.case', 't.begin', '"case"'])],
    () => [random.pick(['+', '~', '||', '@', '|/']), ...inner()],
    () => ['(', ...inner(), random.pick(['+', '*', '||', '=']), ...inner(), ')'],
    () => ['case', 'when', ...inner(), 'then', ...inner(), 'else', ...inner(), 'end'],
    () => ['(', 'select', ...inner(), ')'],
  ];
  return depth > 2 ? [stringConstant(random)] : random.pick(forms)();
}

function routine(random: Random, depth: number): string[] {
  const head = ['create', ...random.pick([[], ['or', 'REPLACE']])];
  head.push(random.pick(['function', 'Procedure']), random.pick([...NAMES, 'begin', 'atomic']), '(', ')');
  const body: string[] = [];
  for (let left = random.between(0, 3); left > 0; left--) body.push(...statement(random, depth + 1), ';');
  const forms: [string[], ...string[][]] = [
    ['Begin', 'ATOMIC', ...body, 'END'],
    ['begin', 'atomic', ...body, 'end'],
    ['return', ...expression(random)],
    ['language', 'sql', 'as', stringConstant(random)],
    ['set', 'search_path', '=', 'begin', ',', 'atomic', 'begin', 'atomic', ...body, 'end'],
  ];
  return [...head, ...random.pick(forms)];
}

/** The tokens of a valid statement; deeper than 0 it may stand in a routine's body. */
function statement(random: Random, depth = 0): string[] {
  const value = () => expression(random);
  const name = () => random.pick(NAMES);
  const forms: [() => string[], ...(() => string[])[]] = [
    () => ['select', ...value(), ',', ...value(), 'as', random.pick(['end', 'case', ...WORDS])],
    () => ['select', '1', random.pick(['end', 'case', 'begin', 'atomic']), 'from', name()],
    () => ['select', random.pick(WORDS), 'atomic', 'from', random.pick(WORDS), ',', name()],
    () => ['insert', 'into', name(), 'values', '(', ...value(), ',', ...value(), ')'],
    () => ['update', name(), 'set', 'a', '=', ...value(), 'where', ...value()],
    () => ['with', 'x', 'as', '(', 'delete', 'from', name(), ')', 'select', ...value()],
    () => ['create', 'table', name(), '(', 'a', 'int', 'default', '(', ...value(), ')', ')'],
    () => ['comment', 'on', 'table', name(), 'is', `'${many(random, NASTY)}'`],
    () => [
      'create',
      'rule',
      name(),
      'as',
      'on',
      'insert',
      'to',
      't',
      'do',
      '(',
      'select',
      '1',
      ';',
      'notify',
      'x',
      ')',
    ],
    () => ['do', dollarQuoted(random)],
    () => ['copy', '(', 'select', ...value(), ')', 'to', 'stdout'],
    () => ['explain', 'select', ...value()],
    () => routine(random, depth),
    () => (depth > 0 ? ['commit'] : [random.pick(['begin', 'end', 'commit', 'abort'])]),
  ];
  return depth > 2 ? ['select', ...value()] : random.pick(forms)();
}

/** Joins tokens with blanks and comments; only beside punctuation they may touch. */
function spell(random: Random, tokens: string[]): string {
  let text = '';
  tokens.forEach((token, index) => {
    const mayTouch = /[(),;]$/.test(text) || /^[(),;]$/.test(token);
    if (index > 0 && !(mayTouch && random.chance(0.5))) text += random.pick(BLANKS);
    text += token;
  });
  return text;
}

function randomScript(random: Random): { script: string; statements: string[] } {
  const statements: string[] = [];
  let script = many(random, [...BLANKS, ';']);
  for (let left = random.between(1, 5); left > 0; left--) {
    const text = spell(random, statement(random));
    statements.push(text);
    script += `${text}${many(random, BLANKS)};${many(random, [...BLANKS, ';'])}`;
  }
  if (random.chance(0.5)) script = script.replace(/[;\s]+$/, '');
  return { script, statements };
}

describe('splitStatements agrees with the parser of PostgreSQL 18', () => {
  test.each([
    "SELECT '\\'; COMMIT; DELETE FROM t; SELECT 1 --'",
    'SELECT $$; COMMIT; $a$ $$; SELECT $a$; DELETE FROM t; $$ $a$',
    'SELECT 1 /* /* */ ; COMMIT; */; SELECT 2',
    'SELECT U&\'\\0027; COMMIT; \\\\\'; SELECT U&"a\\0022; COMMIT"',
    "SELECT U&'d!0061' UESCAPE '!'; SELECT 2",
    "SELECT E'\\'; COMMIT; --'; SELECT 2",
    'SELECT a$$ FROM t; COMMIT; SELECT b$$ FROM t',
  ])('%s', (script) => {
    expect(splitStatements(script).map((piece) => piece.text)).toEqual(splitByServer(script));
  });

  test('on 3,000 random scripts', { timeout: 60_000 }, () => {
    const random = seededRandom(20_260_101);
    for (let run = 0; run < 3_000; run++) {
      const { script, statements } = randomScript(random);
      const texts = splitStatements(script).map((piece) => piece.text);
      expect(splitByServer(script), script).toEqual(texts);
      expect(texts, script).toEqual(statements);
    }
  });
});

test('any text at all splits into ordered pieces that hold their own text', () => {
  const random = seededRandom(7);
  const parts = [
    ...NASTY,
    ...BLANKS,
    "'",
    "E'",
    '\\',
    '$',
    '/',
    '*',
    '-',
    ')',
    ';',
    '\ud800',
    'create function f() begin atomic',
  ];
  for (let run = 0; run < 3_000; run++) {
    const script = many(random, ['a', ...parts]) + many(random, ['b', ...parts]);
    let previous = 0;
    for (const { start, end, text } of splitStatements(script)) {
      expect(start, script).toBeGreaterThanOrEqual(previous);
      expect(text, script).toBe(script.slice(start, end));
      expect(text.trim(), script).not.toBe('');
      previous = end;
    }
  }
});
