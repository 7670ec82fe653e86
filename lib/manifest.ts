/** A table whose rows a dump holds: how many, and their order-free sum where it was taken. Both are figures as text. */
export type TableSum = { schema: string; name: string; rows: string; sum: string | null };

/**
 * What a database held at one moment: its objects, each as a line that says all that is compared (null where only chosen
 * tables were backed up), and its tables' rows.
 */
export type Manifest = { objects: string[] | null; tables: TableSum[]; problems: string[] };

/** What a copy was found to have in common with its source. */
export type Agreement = { tables: number; rows: number; sums: number; objects: number };

/** Differences that are named; a copy may differ in thousands. */
const mostNamed = 20;

/**
 * Compares a restored copy with what was there when it was backed up: every object by its line, every table by its rows
 * and, where both have one, by its sum. Answers the differences in words, at most twenty and how many more.
 */
export function compareManifests(
  source: Manifest,
  copy: Manifest,
): { differences: string[]; agreement: Agreement } {
  const copies = new Map(copy.tables.map((table) => [nameOf(table), table]));
  const found = source.tables.flatMap((table) => differenceOf(table, copies.get(nameOf(table))));
  const all = [...objectDifferences(source.objects, copy.objects ?? []), ...found];
  const more = all.length - mostNamed;
  return {
    differences: more > 0 ? [...all.slice(0, mostNamed), `and ${more} more`] : all,
    agreement: {
      tables: source.tables.length,
      rows: source.tables.reduce((sum, { rows }) => sum + Number(rows), 0),
      sums: source.tables.filter(({ sum }) => sum !== null).length,
      objects: source.objects?.length ?? 0,
    },
  };
}

function objectDifferences(source: readonly string[] | null, copy: readonly string[]): string[] {
  if (source === null) return [];
  return [
    ...missingFrom(copy, source).map((line) => `missing: ${line}`),
    ...missingFrom(source, copy).map((line) => `not in the source: ${line}`),
  ];
}

function missingFrom(there: readonly string[], wanted: readonly string[]): string[] {
  const known = new Set(there);
  return wanted.filter((line) => !known.has(line));
}

function differenceOf(table: TableSum, copy: TableSum | undefined): string[] {
  const name = `${table.schema}.${table.name}`;
  if (copy === undefined) return [`missing: the rows of ${name}`];
  if (copy.rows !== table.rows) return [`${name} has ${copy.rows} rows instead of ${table.rows}`];
  if (table.sum !== null && copy.sum !== table.sum) return [`the rows of ${name} differ in their sum`];
  return [];
}

function nameOf({ schema, name }: TableSum): string {
  return JSON.stringify([schema, name]);
}
