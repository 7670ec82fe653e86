/** Characters of log that a job keeps, the newest; and of one line. */
const keptCharacters = 16_000;
const lineCharacters = 1_000;

export type LogTail = { add(line: string): void; text(): string };

/** The end of a log, bounded, without what PostgreSQL cannot store and without passwords of SQL. */
export function createLogTail(): LogTail {
  const lines: string[] = [];
  let length = 0;
  return {
    add(line) {
      const kept = redact(line).replaceAll('\0', '').slice(0, lineCharacters);
      lines.push(kept);
      length += kept.length + 1;
      while (length > keptCharacters) length -= (lines.shift()?.length ?? 0) + 1;
    },
    text: () => lines.join('\n'),
  };
}

/** `password 'x'` of a user mapping and `password=x` of a subscription, as a failing statement would be quoted. */
function redact(line: string): string {
  return line
    .replace(/\b(password\s+)E?'(?:[^'\\]|''|\\.)*'/gi, "$1'…'")
    .replace(/\b(password\s*=\s*)[^\s'"]+/gi, '$1…');
}
