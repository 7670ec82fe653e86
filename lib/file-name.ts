/** Characters of a part of a file's name. */
const mostCharacters = 63;

/**
 * A Content-Disposition that saves a download under a name made of `parts`, joined by hyphens. Of each only letters and
 * figures stay: nothing in it is a path, a header, a device of Windows or a mark that turns the text around.
 */
export function attachment(parts: string[], extension: string): string {
  const name = `${parts.map((part) => wordOf(part, /[^\p{L}\p{N}_-]+/gu)).join('-')}.${extension}`;
  const plain = `${parts.map((part) => wordOf(part, /[^A-Za-z0-9_-]+/g)).join('-')}.${extension}`;
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

function wordOf(part: string, others: RegExp): string {
  const word = part.normalize('NFC').replace(others, '_');
  return [...word].slice(0, mostCharacters).join('') || '_';
}
