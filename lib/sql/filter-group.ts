/** How conditions hold together. */
export type Join = 'and' | 'or';

/** What one `filter=` says: a condition as its text, or conditions and groups that hold together. */
export type FilterText = string | FilterGroup;
export type FilterGroup = { join: Join; members: FilterText[] };

/** Groups within groups that are read. */
const deepest = 4;

/**
 * Reads `or.(user_id.eq.42,and.(score.gt.5,kind.eq.a%2Cb))`; what is no group is a condition's text. Conditions in a group
 * are percent-encoded once more, so that `,`, `(` and `)` are the group's own. Null for a group that is not well made.
 */
export function readFilterText(text: string): FilterText | null {
  return isGroup(text) ? readGroup(text, 1) : text;
}

/** The inverse of readFilterText. */
export function writeFilterText(filter: FilterText): string {
  if (typeof filter === 'string') return filter;
  const members = filter.members.map((member) =>
    typeof member === 'string' ? encodeMember(member) : writeFilterText(member),
  );
  return `${filter.join}.(${members.join(',')})`;
}

/** No condition begins so: none of its operators has a bracket. */
function isGroup(text: string): boolean {
  return /^(?:and|or)\.\(/.test(text);
}

function readGroup(text: string, depth: number): FilterGroup | null {
  const [, join, inner] = /^(and|or)\.\((.*)\)$/s.exec(text) ?? [];
  const parts = inner === undefined || depth > deepest ? null : splitMembers(inner);
  if (parts === null) return null;
  const members: FilterText[] = [];
  for (const part of parts) {
    const member = isGroup(part) ? readGroup(part, depth + 1) : decodeMember(part);
    if (member === null) return null;
    members.push(member);
  }
  return { join: join === 'and' ? 'and' : 'or', members };
}

/** The parts between commas outside of brackets; null where brackets do not match. */
function splitMembers(text: string): string[] | null {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: sign, index } of text.matchAll(/[(),]/g)) {
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
    if (depth < 0) return null;
  }
  return depth === 0 ? [...parts, text.slice(start)] : null;
}

function encodeMember(text: string): string {
  return text.replace(/[%(),]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decodeMember(part: string): string | null {
  if (part === '' || /[()]/.test(part)) return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
