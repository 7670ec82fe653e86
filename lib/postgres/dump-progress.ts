/** A table to be dumped and what it weighs: its bytes on disk, TOAST included. */
export type DumpTable = { schema: string; name: string; bytes: number };

export type DumpProgress = {
  /** Takes a message of `pg_dump --verbose`; answers what it does now, null when the message tells nothing new. */
  hear(message: string): string | null;
  /** Takes the bytes of the archive so far. */
  measure(bytes: number): void;
  /** How far it is, 0…1. Never goes backwards. */
  value(): number;
};

/** Until a table has been seen whole: archive bytes for one byte on disk, compressed. */
const usualRatio = 0.25;

/** A table weighs this at least, so that many empty ones show progress as well. */
const leastWeight = 8192;

/**
 * The progress of pg_dump: tables done, by their sizes, and within the one at work the archive's bytes by the ratio
 * that the tables before it came to.
 */
export function createDumpProgress(tables: readonly DumpTable[]): DumpProgress {
  const weights = new Map(tables.map((table) => [keyOf(table.schema, table.name), weightOf(table)]));
  const total = Math.max(
    1,
    [...weights.values()].reduce((sum, weight) => sum + weight, 0),
  );
  let done = 0;
  let begun = 0;
  let count = 0;
  let bytes = 0;
  let bytesBefore = 0;
  let best = 0;

  function value(): number {
    const ratio = done > 0 && bytesBefore > 0 ? bytesBefore / done : usualRatio;
    const inside = Math.min(begun * 0.99, (bytes - bytesBefore) / ratio);
    best = Math.max(best, Math.min(0.99, (done + inside) / total));
    return best;
  }

  return {
    hear(message) {
      const name = /^pg_dump: dumping contents of table "(.*)"$/s.exec(message)?.[1];
      if (name === undefined) return activityOf(message);
      done += begun;
      begun = weights.get(name) ?? 0;
      bytesBefore = bytes;
      count += 1;
      return `Dumping ${name.replace(/\s+/g, ' ')} (table ${count} of ${Math.max(count, tables.length)})`;
    },
    measure(total) {
      bytes = total;
    },
    value,
  };
}

/**
 * The progress of a pg_dump that dumps several tables at once: those that are finished, by their sizes. It names a finished
 * one without its schema; of several that share a name, the smallest is taken first.
 */
export function createParallelProgress(tables: readonly DumpTable[]): Omit<DumpProgress, 'measure'> {
  const weights = new Map<string, number[]>();
  for (const table of tables) weights.set(table.name, [...(weights.get(table.name) ?? []), weightOf(table)]);
  for (const own of weights.values()) own.sort((a, b) => a - b);
  const total = Math.max(
    1,
    tables.reduce((sum, table) => sum + weightOf(table), 0),
  );
  let done = 0;
  let count = 0;
  return {
    hear(message) {
      const name = /^pg_dump: finished item \d+ TABLE DATA (.*)$/s.exec(message)?.[1];
      if (name === undefined) return activityOf(message);
      done += weights.get(name)?.shift() ?? 0;
      count += 1;
      return `Dumped ${count} of ${Math.max(count, tables.length)} tables`;
    },
    value: () => Math.min(0.99, done / total),
  };
}

/** As pg_dump writes it: unquoted, joined by a dot. */
function keyOf(schema: string, name: string): string {
  return `${schema}.${name}`;
}

function weightOf({ bytes }: DumpTable): number {
  return Math.max(leastWeight, bytes);
}

function activityOf(message: string): string | null {
  if (message.startsWith('pg_dump: reading ')) return 'Reading the definitions';
  if (message.startsWith('pg_dump: saving large objects')) return 'Dumping large objects';
  if (message.startsWith('pg_dump: dumping large objects')) return 'Dumping large objects';
  return null;
}
