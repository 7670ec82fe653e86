/** Segments that mean something else where a name may stand: to a URL, or as a page of a server. */
const reserved = ['.', '..', 'activity', 'migrations', 'wall'];

/**
 * Names of databases, schemas and relations as segments of a path, and back. The only place that does so.
 * `.` and `..` would be eaten by URL resolution, so they are written `~.` and `~..`, and so is the name of a page
 * (`~migrations`); a leading `~` is doubled.
 */
export function encodeName(name: string): string {
  const safe = reserved.includes(name) || name.startsWith('~') ? `~${name}` : name;
  return encodeURIComponent(safe);
}

/** The inverse of encodeName, for pages (Next hands them encoded segments). Throws URIError on bad escapes. */
export function decodeName(segment: string): string {
  return unescapeName(decodeURIComponent(segment));
}

/** The inverse for handlers, whose segments Next has percent-decoded already. */
export function unescapeName(decoded: string): string {
  return decoded.startsWith('~') ? decoded.slice(1) : decoded;
}
