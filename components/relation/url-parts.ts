/** A name as a part of `sort` and `filter`: percent-encoded, and so are the `.` and `,` that join parts. */
export function encodePart(name: string): string {
  return encodeURIComponent(name).replaceAll('.', '%2E');
}

/** The dotted parts of a text, decoded but for the last one when there are as many as `count`. */
export function splitParts(text: string, count: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (parts.length < count - 1) {
    const dot = rest.indexOf('.');
    if (dot < 0) break;
    parts.push(decodeText(rest.slice(0, dot)));
    rest = rest.slice(dot + 1);
  }
  return [...parts, parts.length === count - 1 ? rest : decodeText(rest)];
}

/** Percent-encoded text; what is none stays as it is. */
export function decodeText(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
