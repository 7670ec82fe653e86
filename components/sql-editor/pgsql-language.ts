import type { languages } from 'monaco-editor/editor';
import { RESERVED_KEYWORDS } from '@/lib/sql/keywords';

/** Key words that PostgreSQL does not reserve, but that people read as such. */
const unreserved = `
  abort add after alter atomic before begin by called cascade checkpoint close cluster comment commit conflict copy
  cursor database deallocate declare definer delete disable domain drop each enable enum execute explain extension
  filter first following force function generated grouping if immutable import include increment index inherits
  insert instead invoker key language last listen load lock locked loop maintain materialized matched merge next no
  nothing notify nowait nulls of operator option over owned owner parallel partition policy preceding prepare
  privileges procedure publication raise range recursive refresh reindex release rename replace reset restart
  restrict return returns revoke role rollback row rows rule savepoint schema security sequence serializable server
  set share show skip stable start statement statistics storage strict subscription temp temporary transaction
  trigger truncate type unbounded unlogged until update vacuum values view volatile while window within without
  work write zone
`;

/**
 * How PostgreSQL's SQL is coloured. Monaco's own rules know neither nested comments, dollar quotes and escapes, nor
 * UPDATE. What stands in dollar quotes is mostly code, and is coloured as code.
 */
export const pgsqlLanguage: languages.IMonarchLanguage = {
  ignoreCase: true,
  tokenPostfix: '.pg',
  keywords: [...RESERVED_KEYWORDS, ...unreserved.trim().split(/\s+/)],
  dollarTag: /\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/,
  tokenizer: {
    root: [
      [/@dollarTag/, { token: 'string', next: '@dollar.$0' }],
      [/e'/, { token: 'string', next: '@escaped' }],
      [/'/, { token: 'string', next: '@string' }],
      [/"/, { token: 'identifier', next: '@quoted' }],
      { include: '@code' },
    ],
    code: [
      [/--.*$/, 'comment'],
      [/\/\*/, { token: 'comment', next: '@comment' }],
      [/0x[\da-f_]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?/, 'number'],
      [/\$\d+/, 'number'],
      [
        /[a-z_\u0080-\uffff][\w$\u0080-\uffff]*(?=\s*\()/,
        { cases: { '@keywords': 'keyword', '@default': 'predefined' } },
      ],
      [
        /[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/,
        { cases: { '@keywords': 'keyword', '@default': 'identifier' } },
      ],
      [/[-+*/<>=~!@#%^&|`?:]+?/, 'operator'],
      [/[;,.()[\]{}]/, 'delimiter'],
    ],
    comment: [
      [/\/\*/, { token: 'comment', next: '@push' }],
      [/\*\//, { token: 'comment', next: '@pop' }],
      [/[^*/]+|./, 'comment'],
    ],
    string: [
      [/[^']+|''/, 'string'],
      [/'/, { token: 'string', next: '@pop' }],
    ],
    escaped: [
      [/[^'\\]+|''|\\./, 'string'],
      [/'/, { token: 'string', next: '@pop' }],
    ],
    quoted: [
      [/[^"]+|""/, 'identifier'],
      [/"/, { token: 'identifier', next: '@pop' }],
    ],
    dollar: [
      [/@dollarTag/, { cases: { '$0==$S2': { token: 'string', next: '@pop' }, '@default': 'string' } }],
      [/'(?:[^']|'')*'/, 'string'],
      [/"[^"]*"/, 'identifier'],
      { include: '@code' },
    ],
  },
};
