import { keyword, readToken } from './tokens';

/** What stands in the place of a secret. */
const redacted = "'<redacted>'";

/**
 * A statement without the secrets that PostgreSQL's own commands hold: what follows PASSWORD (CREATE and ALTER ROLE, the
 * options of a user mapping) and the connection string of a subscription, inside dollar quotes too. For records and logs,
 * never to be run. All else stays byte by byte. Never throws.
 */
export function redactSecrets(sql: string): string {
  if (!/password|connection/i.test(sql)) return sql;
  let result = '';
  let end = 0;
  let before = '';
  for (let token = readToken(sql, 0); token; token = readToken(sql, token.end)) {
    const text = sql.slice(token.start, token.end);
    result += sql.slice(end, token.start);
    if (token.kind !== 'string') result += text;
    else if (before === 'PASSWORD' || before === 'CONNECTION') result += redacted;
    else result += redactInside(text);
    end = token.end;
    before = token.kind === 'quoted' ? text.slice(1, -1).toUpperCase() : keyword(sql, token);
  }
  return result + sql.slice(end);
}

/** The body of a function or a DO; a plain string that says `password=…`, as a connection string does. */
function redactInside(text: string): string {
  const tag = /^\$[^$]*\$/.exec(text)?.[0];
  if (tag !== undefined && text.length >= 2 * tag.length) {
    return tag + redactSecrets(text.slice(tag.length, -tag.length)) + tag;
  }
  return text.replace(/\b(password\s*=\s*)(?:''[^']*''|[^\s'&]+)/gi, '$1<redacted>');
}
