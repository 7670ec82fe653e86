import { isNode, nodesOf, type ParseNode, parseSql } from './parser';
import { quoteIdentifier } from './sql/literal';
import { readToken } from './sql/tokens';

/**
 * The same statement with these columns in place of each `*`; null where it holds none, where it names more relations
 * than one, or where it can't be parsed. `count(*)` holds none.
 */
export function nameColumns(statement: string, columns: string[]): string | null {
  const parsed = parseSql(statement);
  if (!('statements' in parsed) || columns.length === 0) return null;
  const found = [...nodesOf(parsed.statements)];
  const relations = found.filter(({ node }) => 'relname' in node && 'relpersistence' in node);
  const places = found.flatMap(({ kind, node }) =>
    kind === 'ColumnRef' && isStar(node) ? [placeOf(node)] : [],
  );
  if (relations.length !== 1 || places.length === 0 || places.includes(0)) return null;
  let text = statement;
  for (const place of places.sort((one, other) => other - one)) {
    text = replaceStar(text, offsetOf(statement, place), columns);
  }
  return text;
}

function isStar({ fields }: ParseNode): boolean {
  const last: unknown = Array.isArray(fields) ? fields.at(-1) : undefined;
  return isNode(last) && 'A_Star' in last;
}

/** Where PostgreSQL found the node, in bytes; 0 where it is not written: TABLE has a star of its own. */
function placeOf({ location }: ParseNode): number {
  return typeof location === 'number' && location > 0 ? location : 0;
}

function offsetOf(statement: string, bytes: number): number {
  return Buffer.from(statement).subarray(0, bytes).toString().length;
}

/** `t.*` at `start` becomes `t.a, t.b`. */
function replaceStar(text: string, start: number, columns: string[]): string {
  let prefix = '';
  for (let token = readToken(text, start); token; token = readToken(text, token.end)) {
    const word = text.slice(token.start, token.end);
    if (word === '*') {
      const list = columns.map((column) => `${prefix}${quoteIdentifier(column)}`).join(', ');
      return text.slice(0, start) + list + text.slice(token.end);
    }
    prefix += word;
  }
  return text;
}
