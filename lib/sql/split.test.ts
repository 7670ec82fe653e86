import { describe, expect, test } from 'vitest';
import { offsetOfPosition, splitStatements, statementAt } from './split';

const texts = (script: string) => splitStatements(script).map((piece) => piece.text);

const BODY = 'create function f() returns int begin atomic select case when true then 1 end; select 2; end';

describe('splitStatements', () => {
  test.each<[name: string, script: string, expected: string[]]>([
    ['nothing', '', []],
    ['blank', ' \t\r\n\f\v', []],
    ['empty statements', ';;; ;\n;', []],
    ['comments only', '/* a; */ ; -- b;', []],
    ['no semicolon', 'select 1', ['select 1']],
    ['semicolons', 'select 1;select 2 ; ', ['select 1', 'select 2']],
    ['comments around', '-- a\nselect 1 -- b\n; /* c */ select 2 /* d */', ['select 1', 'select 2']],
    ['comments inside', 'select /* ; */ 1 -- ;\n + 2; x', ['select /* ; */ 1 -- ;\n + 2', 'x']],
    ['nested comment', 'select 1 /* a /* ; */ ; */ + 1; b', ['select 1 /* a /* ; */ ; */ + 1', 'b']],
    ['comment of stars', '/***/a;/*/**/*/b;/* **/c', ['a', 'b', 'c']],
    ['line comment ended by a carriage return', 'a -- x\r; b', ['a', 'b']],
    [
      'operator before a comment',
      'select 1 +-- ;\n 2; select 3 */* ; */ 4; b',
      ['select 1 +-- ;\n 2', 'select 3 */* ; */ 4', 'b'],
    ],
    ['string', "select ';', ''';', '--', '/*'; b", ["select ';', ''';', '--', '/*'", 'b']],
    ['backslash ends a plain string', "select '\\'; b", ["select '\\'", 'b']],
    ['backslash in E', "select E'\\';', e'\\\\'; b", ["select E'\\';', e'\\\\'", 'b']],
    ['doubled quote in E', "select E''';'; b", ["select E''';'", 'b']],
    ['E at the end of a word', "select some'\\'; b", ["select some'\\'", 'b']],
    ['E continued', "select E'a'\n '\\';'; b", ["select E'a'\n '\\';'", 'b']],
    [
      'E continued behind a comment',
      "select E'a' -- '\n -- ;\n'\\';'; b",
      ["select E'a' -- '\n -- ;\n'\\';'", 'b'],
    ],
    ['E not continued on the same line', "select E'a' '\\'; b", ["select E'a' '\\'", 'b']],
    [
      'E not continued behind a block comment',
      "select E'a' /*\n*/ '\\'; b",
      ["select E'a' /*\n*/ '\\'", 'b'],
    ],
    ['E continued twice', "select E'a'\n'b'\r'\\';'; b", ["select E'a'\n'b'\r'\\';'", 'b']],
    ['plain string continued', "select 'a'\n'\\'; b", ["select 'a'\n'\\'", 'b']],
    [
      'U&',
      'select U&\'\\0041;\\\'; b; select u&"\\0041;\\"; c',
      ["select U&'\\0041;\\'", 'b', 'select u&"\\0041;\\"', 'c'],
    ],
    ['U & is an operator', "select u & '\\'; b", ["select u & '\\'", 'b']],
    ['B, X and N', "select b'0;', X'1;', n'\\'; c", ["select b'0;', X'1;', n'\\'", 'c']],
    ['quoted name', 'select ";", """;", "\'"; b', ['select ";", """;", "\'"', 'b']],
    ['dollar quotes', 'select $$;$$, $a$;$$;$b$;$a$; b', ['select $$;$$, $a$;$$;$b$;$a$', 'b']],
    ['dollar tag beyond ASCII', 'select $é1$;$é1$; b', ['select $é1$;$é1$', 'b']],
    ['dollar tags tell case', 'select $a$;$A$;$a$; b', ['select $a$;$A$;$a$', 'b']],
    ['dollars in a name', 'select a$$b; select $$;$$', ['select a$$b', 'select $$;$$']],
    ['dollars behind a name beyond ASCII', 'select é$$; b', ['select é$$', 'b']],
    ['parameter is no tag', 'select $1$; b; $1$; c', ['select $1$', 'b', '$1$', 'c']],
    ['dollar quotes behind a parameter or number', 'a $1$$;$$; b 1$$;$$; c', ['a $1$$;$$', 'b 1$$;$$', 'c']],
    ['number with letters takes dollars', 'select 1a$$; b', ['select 1a$$', 'b']],
    ['lone dollar', 'select $; $a; b', ['select $', '$a', 'b']],
    [
      'parentheses',
      'create rule r as on insert to t do (a; b); c',
      ['create rule r as on insert to t do (a; b)', 'c'],
    ],
    ['parenthesis too many', 'a ); b', ['a )', 'b']],
    ['no-break space is a letter', 'a\u00a0; b', ['a\u00a0', 'b']],
    ['byte order mark', '\ufeffselect 1', ['select 1']],
    ['body', `${BODY}; b`, [BODY, 'b']],
    [
      'body of a procedure',
      'CREATE OR REPLACE PROCEDURE p() BEGIN/**/ATOMIC a; END; b',
      ['CREATE OR REPLACE PROCEDURE p() BEGIN/**/ATOMIC a; END', 'b'],
    ],
    ['empty body', 'create function f() begin atomic end; b', ['create function f() begin atomic end', 'b']],
    [
      'body in a body',
      `create procedure p() begin atomic ${BODY}; select 3; end; b`,
      [`create procedure p() begin atomic ${BODY}; select 3; end`, 'b'],
    ],
    [
      'aliases in a body',
      'create function f() begin atomic select 1 end; select begin atomic; end; b',
      ['create function f() begin atomic select 1 end; select begin atomic; end', 'b'],
    ],
    [
      'function named begin',
      'create function begin() return 1; b',
      ['create function begin() return 1', 'b'],
    ],
    [
      'quoted words make no body',
      'create function f() "begin" atomic a; b',
      ['create function f() "begin" atomic a', 'b'],
    ],
    [
      'no body outside a routine',
      'begin; atomic; select begin atomic; b',
      ['begin', 'atomic', 'select begin atomic', 'b'],
    ],
    [
      'key words are ASCII',
      'create function f() begin atom\u0131c a; b',
      ['create function f() begin atom\u0131c a', 'b'],
    ],
    ['unclosed string', "a; b '; c", ['a', "b '; c"]],
    ['unclosed E', "a; b E'\\", ['a', "b E'\\"]],
    ['unclosed name', 'a; b "; c', ['a', 'b "; c']],
    ['unclosed dollar quotes', 'a; b $x$; $y$', ['a', 'b $x$; $y$']],
    ['unclosed comment', 'a; b /* /* */ ; c', ['a', 'b /* /* */ ; c']],
    ['unclosed parenthesis', 'a; b (; c', ['a', 'b (; c']],
    [
      'unclosed body',
      'a; create function f() begin atomic b; c',
      ['a', 'create function f() begin atomic b; c'],
    ],
    ['meta-command', 'a; \\d users; x \n b; \\x', ['a', '\\d users; x', 'b', '\\x']],
    ['backslash in a statement', 'a \\gx b; c', ['a \\gx b', 'c']],
    ['escaped semicolon', 'a \\; b\\;c', ['a', 'b', 'c']],
  ])('%s', (_name, script, expected) => {
    expect(texts(script)).toEqual(expected);
  });

  test('offsets are UTF-16 and lead to the text', () => {
    const script = "-- 🐘\nselect '🐘' ; -- é\n select 2;";
    const pieces = splitStatements(script);
    expect(pieces).toEqual([
      { start: 6, end: 17, text: "select '🐘'" },
      { start: 26, end: 34, text: 'select 2' },
    ]);
    for (const { start, end, text } of pieces) expect(script.slice(start, end)).toBe(text);
  });
});

describe('statementAt', () => {
  const script = 'select 1; -- about two\nselect 2;select 3;\n\n';
  const at = (offset: number) => statementAt(splitStatements(script), offset)?.text;

  test.each<[offset: number, text: string | undefined]>([
    [0, 'select 1'],
    [script.indexOf(';'), 'select 1'],
    [script.indexOf(';') + 1, 'select 1'],
    [script.indexOf('about'), undefined],
    [script.indexOf('select 2'), 'select 2'],
    [script.indexOf('select 3'), 'select 3'],
    [script.length, 'select 3'],
  ])('at %i', (offset, text) => {
    expect(at(offset)).toBe(text);
  });

  test('nothing before the first statement, nothing in an empty script', () => {
    expect(statementAt(splitStatements('  select 1'), 1)).toBeUndefined();
    expect(statementAt([], 0)).toBeUndefined();
  });
});

test.each<[text: string, position: number, offset: number]>([
  ['select x', 8, 7],
  ['🐘🐘x', 3, 4],
  ['é x', 3, 2],
  ['abc', 1, 0],
  ['abc', 0, 0],
  ['abc', 99, 3],
])('offsetOfPosition(%j, %i) is %i', (text, position, offset) => {
  expect(offsetOfPosition(text, position)).toBe(offset);
});
