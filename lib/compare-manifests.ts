import { compareObjects, type Scope } from './compare-objects';
import {
  type InventoryObject,
  type Manifest,
  type SequenceSpan,
  type SequenceValue,
  type TableSum,
  tableKey,
} from './manifest';

/** What a restored copy holds. */
export type Copy = { objects: InventoryObject[]; sequences: SequenceValue[]; tables: TableSum[] };

/** What a copy was found to have in common with its source. */
export type Agreement = { tables: number; rows: number; sums: number; objects: number };

/** Differences that are named; a copy may differ in thousands. */
const mostNamed = 20;

/**
 * Compares a restored copy with what was there when it was backed up: every object by what it is, every sequence by where
 * it stands, every table by its rows and, where both have one, by its sum. Answers the differences in words, at most
 * twenty and how many more.
 */
export function compareManifests(
  source: Manifest,
  copy: Copy,
  scope: Scope,
): { differences: string[]; agreement: Agreement } {
  const tables = new Map(copy.tables.map((table) => [tableKey(table), table]));
  const sequences = new Map(copy.sequences.map((sequence) => [sequence.name, sequence]));
  const all = [
    ...(source.objects === null ? [] : compareObjects(source.objects, copy.objects, scope)),
    ...source.sequences.flatMap((span) => sequenceDifference(span, sequences.get(span.name))),
    ...source.tables.flatMap((table) => tableDifference(table, tables.get(tableKey(table)))),
  ];
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

/** One that moved during the dump may stand wherever it was in between. */
function sequenceDifference(
  { name, before, after }: SequenceSpan,
  copy: SequenceValue | undefined,
): string[] {
  if (copy === undefined) return [`missing: where sequence ${name} stands`];
  const hasMoved = before.last !== after.last || before.isCalled !== after.isCalled;
  const isBetween = hasMoved && isWithin(BigInt(copy.last), BigInt(before.last), BigInt(after.last));
  const isEqual = copy.last === before.last && copy.isCalled === before.isCalled;
  if (isEqual || isBetween) return [];
  return [`sequence ${name} stands at ${copy.last} instead of ${before.last}`];
}

function isWithin(value: bigint, one: bigint, other: bigint): boolean {
  return one < other ? one <= value && value <= other : other <= value && value <= one;
}

function tableDifference(table: TableSum, copy: TableSum | undefined): string[] {
  const name = `${table.schema}.${table.name}`;
  if (copy === undefined) return [`missing: the rows of ${name}`];
  if (copy.rows !== table.rows) return [`${name} has ${copy.rows} rows instead of ${table.rows}`];
  if (table.sum !== null && copy.sum !== table.sum) return [`the rows of ${name} differ in their sum`];
  return [];
}
