/**
 * Lays JSON out over lines without reading a value: numbers, escapes, key order and duplicate keys stay as
 * PostgreSQL wrote them. Null when the text is no JSON.
 */
export function prettyJson(text: string): string | null {
  if (!isJson(text)) return null;
  const parts: string[] = [];
  let depth = 0;
  const breakLine = () => `\n${'  '.repeat(depth)}`;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') {
      depth += 1;
      parts.push(token, breakLine());
    } else if (token === '}' || token === ']') {
      depth -= 1;
      parts.push(breakLine(), token);
    } else if (token === ',') parts.push(token, breakLine());
    else if (token === ':') parts.push(': ');
    else parts.push(/^[{[]/.test(token) ? token.replace(/\s+/, '') : token);
  }
  return parts.join('');
}

/** Empty containers, strings, punctuation, everything else. */
const tokens = /\{\s*\}|\[\s*\]|"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gs;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
