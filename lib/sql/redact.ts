import { keyword, readToken } from './tokens';

/** What stands in the place of a secret. */
const redacted = "'<redacted>'";

/** A secret that is shorter is not looked for in a message: it would be found in every word. */
const shortest = 3;

/**
 * A statement without the secrets that PostgreSQL's own commands hold: what follows PASSWORD (CREATE and ALTER ROLE, the
 * options of a user mapping) and the connection string of a subscription, inside dollar quotes too. For records and logs,
 * never to be run. All else stays byte by byte. Never throws.
 */
export function redactSecrets(sql: string): string {
  return redact(sql, []);
}

/**
 * What PostgreSQL has said about a statement, without the secrets of the statement and without what follows `password=`.
 * Never throws.
 */
export function redactMessage(message: string, sql: string): string {
  const secrets: string[] = [];
  redact(sql, secrets);
  const plain = secrets
    .filter((secret) => secret.length >= shortest)
    .reduce((text, secret) => text.replaceAll(secret, '<redacted>'), message);
  return redactWords(plain);
}

/** Puts what it takes out into `found`, without its quotes. */
function redact(sql: string, found: string[]): string {
  if (!/password|connection/i.test(sql)) return sql;
  let result = '';
  let end = 0;
  let before = '';
  for (let token = readToken(sql, 0); token; token = readToken(sql, token.end)) {
    const text = sql.slice(token.start, token.end);
    result += sql.slice(end, token.start);
    if (token.kind !== 'string') result += text;
    else if (before === 'PASSWORD' || before === 'CONNECTION') {
      result += redacted;
      found.push(contentOf(text));
    } else result += redactInside(text, found);
    end = token.end;
    before = token.kind === 'quoted' ? text.slice(1, -1).toUpperCase() : keyword(sql, token);
  }
  return result + sql.slice(end);
}

/** The body of a function or a DO; a plain string that says `password=…`, as a connection string does. */
function redactInside(text: string, found: string[]): string {
  const tag = tagOf(text);
  if (tag !== undefined && text.length >= 2 * tag.length) {
    return tag + redact(text.slice(tag.length, -tag.length), found) + tag;
  }
  return redactWords(text);
}

function redactWords(text: string): string {
  return text.replace(/\b(password\s*=\s*)(?:''[^']*''|[^\s'&]+)/gi, '$1<redacted>');
}

function tagOf(text: string): string | undefined {
  return /^\$[^$]*\$/.exec(text)?.[0];
}

/** A string's text as PostgreSQL reads it; escapes but the doubled quote stay as they are written. */
function contentOf(text: string): string {
  const tag = tagOf(text);
  if (tag !== undefined) return text.slice(tag.length, text.endsWith(tag) ? -tag.length : undefined);
  const body = text.slice(text.indexOf("'") + 1);
  return (body.endsWith("'") ? body.slice(0, -1) : body).replaceAll("''", "'");
}
