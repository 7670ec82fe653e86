import { loadModule, parseSync, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Random, seededRandom } from '@/scripts/samples/random';
import { RESERVED_KEYWORDS } from './keywords';
import { quoteIdentifier, quoteLiteral } from './literal';

beforeAll(loadModule);

const PARTS = [
  "'",
  "''",
  '"',
  '\\',
  "\\'",
  '\\x41',
  '\\u0041',
  '\n',
  '\r',
  '\t',
  '$$',
  '--',
  '/*',
  ';',
  '\u0001',
];
const WORDS = ['a', 'A', '_', '1', '$', ' ', 'é', '名', '🐘', '\u00a0', '\ufeff', '\uffff', 'E', 'U&'];

/** Up to 8 parts: fewer than the 63 bytes that PostgreSQL leaves of a name. */
function randomText(random: Random, least: number): string {
  let text = '';
  for (let left = random.between(least, 8); left > 0; left--) text += random.pick(['x', ...PARTS, ...WORDS]);
  return text;
}

/** The one expression of `select …`, as the parser of PostgreSQL reads it. */
function parseTarget(sql: string) {
  const [statement, ...others] = parseSync(sql).stmts ?? [];
  if (!statement?.stmt || !('SelectStmt' in statement.stmt) || others.length > 0)
    throw new Error(`no select: ${sql}`);
  const targets = statement.stmt.SelectStmt.targetList ?? [];
  const [target] = targets;
  if (!target || !('ResTarget' in target) || targets.length > 1)
    throw new Error(`not one expression: ${sql}`);
  return target.ResTarget;
}

function parseLiteral(literal: string): string | null {
  const value = parseTarget(`select ${literal}`).val;
  if (!value || !('A_Const' in value)) throw new Error(`no constant: ${literal}`);
  // The parser leaves out empty strings.
  return value.A_Const.isnull ? null : (value.A_Const.sval?.sval ?? '');
}

describe('quoteLiteral', () => {
  test.each<[text: string | null, literal: string]>([
    [null, 'null'],
    ['', "''"],
    ['null', "'null'"],
    ["it's", "'it''s'"],
    ['a\\b', "E'a\\\\b'"],
    ["\\'; drop table t --", "E'\\\\''; drop table t --'"],
    ['🐘', "'🐘'"],
  ])('%j is %s', (text, literal) => {
    expect(quoteLiteral(text)).toBe(literal);
  });

  test('PostgreSQL reads back what was quoted', () => {
    const random = seededRandom(1);
    for (const text of [null, '', ...PARTS, ...WORDS]) expect(parseLiteral(quoteLiteral(text))).toBe(text);
    for (let run = 0; run < 3_000; run++) {
      const text = randomText(random, 0);
      expect(parseLiteral(quoteLiteral(text))).toBe(text);
    }
  });

  test.each(['a\0b', '\ud83d', 'x\udc18', '\udc18\ud83d'])('refuses %j', (text) => {
    expect(() => quoteLiteral(text)).toThrow(RangeError);
  });
});

describe('quoteIdentifier', () => {
  test.each<[name: string, quoted: string]>([
    ['users', 'users'],
    ['_a1$', '_a1$'],
    ['Users', '"Users"'],
    ['1a', '"1a"'],
    ['$a', '"$a"'],
    ['a b', '"a b"'],
    ['a"b', '"a""b"'],
    ['é', '"é"'],
    ['a\n', '"a\n"'],
    ['select', '"select"'],
    ['user', '"user"'],
    ['between', '"between"'],
    ['left', '"left"'],
    ['begin', 'begin'],
    ['name', 'name'],
  ])('%j is %s', (name, quoted) => {
    expect(quoteIdentifier(name)).toBe(quoted);
  });

  test('PostgreSQL reads back what was quoted', () => {
    const random = seededRandom(2);
    const names = [...RESERVED_KEYWORDS, ...PARTS, ...WORDS];
    for (let run = 0; run < 3_000; run++) names.push(randomText(random, 1));
    for (const name of names) expect(parseTarget(`select 1 as ${quoteIdentifier(name)}`).name).toBe(name);
  });

  test('it fits every kind of name: column, relation, function and type', () => {
    const random = seededRandom(3);
    const names = [
      ...RESERVED_KEYWORDS,
      'begin',
      'name',
      'json',
      ...Array.from({ length: 200 }, () => randomText(random, 1)),
    ];
    for (const name of names) {
      const quoted = quoteIdentifier(name);
      parseTarget(
        `select ${quoted}(1)::${quoted} from ${quoted} as ${quoted} (${quoted}) where ${quoted} is null`,
      );
    }
  });

  test('the key words are those of PostgreSQL 18 that are not free', () => {
    const { tokens } = scanSync([...RESERVED_KEYWORDS].join(' '));
    const kinds = new Set(tokens.map((token) => token.keywordName));
    expect(kinds).toEqual(new Set(['RESERVED_KEYWORD', 'COL_NAME_KEYWORD', 'TYPE_FUNC_NAME_KEYWORD']));
    expect(RESERVED_KEYWORDS.size).toBe(164);
  });

  test.each(['', 'a\0', '\ud83d'])('refuses %j', (name) => {
    expect(() => quoteIdentifier(name)).toThrow(RangeError);
  });
});
