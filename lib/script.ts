import type { Level } from './api-types';
import { AppError } from './errors';
import { checkRead } from './read-check';
import { classify, type StatementClass } from './sql/classify';
import { splitStatements } from './sql/split';
import { checkStorable } from './storable';

/** Bytes of UTF-8 that a script may have. */
const scriptLimit = 1024 * 1024;

/** One statement of a script, ready to be run. With a `failure` it is not sent: that is its answer. */
export type ScriptStatement = { text: string; class: StatementClass; failure: AppError | null };

type Rules = { level: Level; isOneTransaction: boolean; hasParams: boolean };

/**
 * Splits a script and refuses, before anything runs, what can't be run from here, saying what to do instead.
 * What the grammar does not know is no refusal: it fails when its turn comes, as it would on the server. Throws AppError
 * `invalid` or `too_large`.
 */
export function readScript(sql: string, rules: Rules): ScriptStatement[] {
  checkText(sql);
  const statements = splitStatements(sql).map(({ text }) => ({ text, class: classify(text) }));
  if (statements.length === 0) {
    throw new AppError('invalid', 'There is no statement in the text.', {
      hint: 'Write one, for example: select now()',
    });
  }
  if (rules.hasParams && statements.length > 1) {
    throw new AppError('invalid', `Parameters go with one statement; the text has ${statements.length}.`);
  }
  return statements.map((statement, index) => {
    const refusal = refusalOf(statement, rules);
    if (refusal === null) return { ...statement, failure: null };
    if (refusal instanceof AppError) return { ...statement, failure: refusal };
    const where = statements.length === 1 ? '' : `Statement ${index + 1} of ${statements.length}: `;
    throw new AppError('invalid', where + refusal.message, { hint: refusal.hint });
  });
}

/** Refuses text that PostgreSQL could not store as it is. Throws AppError. */
function checkText(sql: string): void {
  const bytes = Buffer.byteLength(sql);
  if (bytes > scriptLimit) {
    throw new AppError(
      'too_large',
      `The text has ${(bytes / 1024 / 1024).toFixed(1)} MB; the editor takes at most ${scriptLimit / 1024 / 1024} MB.`,
      { hint: 'Run a file of this size with psql -f, or bring the rows in as CSV.' },
    );
  }
  checkStorable(sql, 'The text');
}

type Classified = Pick<ScriptStatement, 'text' | 'class'>;
type Refusal = { message: string; hint: string };

function refusalOf(statement: Classified, rules: Rules): Refusal | AppError | null {
  const refusal = wordRefusal(statement, rules);
  return refusal === null && rules.level === 'read' ? checkRead(statement.text) : refusal;
}

function wordRefusal(
  { class: { metaCommand, copy, transaction } }: Classified,
  rules: Rules,
): Refusal | null {
  if (metaCommand !== null) return metaRefusal(metaCommand);
  if (copy === 'from-stdin') {
    return {
      message: 'COPY … FROM STDIN needs a stream of rows, which the editor does not have.',
      hint: 'Run it with psql (\\copy … from file), or write the rows as INSERT … VALUES.',
    };
  }
  if (copy === 'to-stdout') {
    return {
      message: 'COPY … TO STDOUT is a download, not a result.',
      hint: 'Run the query itself, or use psql (\\copy … to file) for a file.',
    };
  }
  return transaction === null ? null : transactionRefusal(transaction, rules);
}

function transactionRefusal(transaction: string, { level, isOneTransaction }: Rules): Refusal | null {
  if (transaction === 'prepare') {
    return {
      message:
        'Two-phase commit is refused: a prepared transaction that nobody ends holds its locks for ever.',
      hint: 'Use BEGIN and COMMIT.',
    };
  }
  if (level === 'read') {
    return {
      message:
        'At the read level each statement has a read-only transaction of its own, which it cannot end or change.',
      hint: 'Leave BEGIN, COMMIT and ROLLBACK out, or choose the write level.',
    };
  }
  if (isOneTransaction) {
    return {
      message: 'The script runs as one transaction already.',
      hint: 'Leave BEGIN, COMMIT and ROLLBACK out, or run the statements each on their own.',
    };
  }
  return null;
}

const insteadOfMeta: Record<string, string> = {
  '\\d': "select * from information_schema.columns where table_name = '…'",
  '\\dt': "select * from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  '\\l': 'select datname from pg_database',
  '\\du': 'select * from pg_roles',
  '\\dn': 'select nspname from pg_namespace',
  '\\df': 'select proname from pg_proc',
  '\\dx': 'select * from pg_extension',
};

function metaRefusal(metaCommand: string): Refusal {
  const instead = insteadOfMeta[metaCommand.replace(/\+$/, '')];
  return {
    message: `${metaCommand} is a command of psql, not SQL.`,
    hint:
      instead === undefined ? 'Run it in psql, or write the SQL that it stands for.' : `Instead: ${instead}`,
  };
}
