import { AppError } from '../errors';
import { isNode, nodesOf, parseSql } from '../parser';
import { quoteLiteral } from '../sql/literal';
import { readToken } from '../sql/tokens';

/** How PostgreSQL writes the rows of a COPY: its own text format, or CSV with a line of the columns' names. */
export type CopyFormat = 'text' | 'csv';

const options = {
  text: 'format text',
  csv: 'format csv, header true',
} as const satisfies Record<CopyFormat, string>;

/**
 * The COPY … TO STDOUT of a query's rows, its parameters in place as literals: COPY takes none. PostgreSQL's own grammar
 * must see one COPY of one SELECT in it, to no file and no program. Throws AppError `invalid`.
 */
export function composeCopy(query: string, params: (string | null)[], format: CopyFormat): string {
  const text = `copy (\n${inlineParams(query, params)}\n) to stdout with (${options[format]})`;
  const parsed = parseSql(text);
  if (!('statements' in parsed)) throw notOneQuery(parsed.problem);
  const [statement, ...more] = parsed.statements;
  const copy = statement?.CopyStmt;
  if (more.length > 0 || !isNode(copy)) throw notOneQuery('it does not end where it should');
  if (!isNode(copy.query) || !isNode(copy.query.SelectStmt)) throw notOneQuery('it is no SELECT');
  if (copy.filename !== undefined || copy.is_program === true || copy.is_from === true) {
    throw notOneQuery('it would copy elsewhere');
  }
  const missing = [...nodesOf(copy)].find(({ kind }) => kind === 'ParamRef');
  if (missing !== undefined) throw notOneQuery(`$${missing.node.number} has no value`);
  return text;
}

/** A statement that answers the columns of a query that composeCopy() has taken, and reads no row. */
export function composeProbe(query: string, params: (string | null)[]): string {
  return `select * from (\n${inlineParams(query, params)}\n) s limit 0`;
}

/** An error about a text that was composed around a query: its position counts in the query, or is left out. */
export function placeInQuery(error: AppError, text: string, query: string): AppError {
  const { code, message, hint, sqlstate, position } = error;
  const start = text.indexOf(query);
  if (position === undefined) return error;
  const place = position - [...text.slice(0, Math.max(0, start))].length;
  const isInside = start >= 0 && place >= 1 && place <= [...query].length + 1;
  return new AppError(code, message, {
    hint,
    sqlstate,
    position: isInside ? place : undefined,
    cause: error,
  });
}

/** Each `$n` as a literal of its value, in brackets: `$1[2]` is right where a bare literal could not go on so. */
function inlineParams(query: string, params: (string | null)[]): string {
  let result = '';
  let end = 0;
  for (let token = readToken(query, 0); token; token = readToken(query, token.end)) {
    const number = /^\$(\d+)$/.exec(query.slice(token.start, token.end))?.[1];
    const value = number === undefined ? undefined : params[Number(number) - 1];
    if (token.kind !== 'number' || value === undefined) continue;
    result += `${query.slice(end, token.start)}(${quoteLiteral(value)})`;
    end = token.end;
  }
  return result + query.slice(end);
}

function notOneQuery(why: string): AppError {
  return new AppError('invalid', `An export takes one query, and this is none that it can take: ${why}.`, {
    hint: 'Write one SELECT, VALUES or TABLE, and send a value for each of its parameters.',
  });
}
