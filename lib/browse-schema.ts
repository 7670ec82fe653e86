import { z } from 'zod';
import type { ColumnLayout, ExportFormat, RelationKind } from './api-types';

const list = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((value) => (typeof value === 'string' ? [value] : value));

/** One database, as a path names it. */
export const databasePlace = z.object({ server: z.string(), database: z.string() });

/** One relation, as a path names it. */
export const relationPlace = databasePlace.extend({ schema: z.string(), relation: z.string() });

/** What every list of a database's objects takes from a URL. */
export const objectFilter = databasePlace.extend({
  schema: z.string().optional(),
  q: z.string().optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});

/** The same for routines; those of extensions are listed when they are asked for. */
export const routineFilter = objectFilter.extend({ extensions: z.stringbool().default(false) });

const kinds = [
  'table',
  'partitioned_table',
  'view',
  'materialized_view',
  'foreign_table',
  'sequence',
] as const satisfies RelationKind[];

/** The same for relations, whose rows are small; `kind` may be given several times. */
export const relationFilter = objectFilter.extend({
  kind: z
    .union([z.enum(kinds), z.array(z.enum(kinds))])
    .transform((value) => [value].flat())
    .optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
});

/** What a page of rows takes from a URL. */
export const rowsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  sort: z.string().min(1).optional(),
  filter: list,
  after: z.string().min(1).optional(),
  before: z.string().min(1).optional(),
  at: z.coerce.number().min(0).max(1).optional(),
});

const formats = ['csv', 'json', 'ndjson', 'sql'] as const satisfies ExportFormat[];

const hourMs = 3_600_000;

/** What an export of a relation takes from a URL: `relation=schema.name`, each percent-encoded, and what a page takes. */
export const exportQuery = z.object({
  relation: z.string(),
  format: z.enum(formats).default('csv'),
  sort: z.string().min(1).optional(),
  filter: list,
  columns: z.string().min(1).optional(),
  escape_formulas: z.stringbool().default(false),
  timeout_ms: z.coerce.number().int().min(1).max(hourMs).optional(),
});

/** What an export of a query takes from a body. */
export const exportBody = z.object({
  sql: z.string(),
  params: z.array(z.string().nullable()).default([]),
  format: z.enum(formats).default('csv'),
  escape_formulas: z.boolean().default(false),
  timeout_ms: z.int().min(1).max(hourMs).optional(),
});

/** What a ticket is good for: the export of a relation or of a query, as a URL or a body says it. */
export const exportTicket = z
  .object({
    relation: z.string().optional(),
    sort: z.string().min(1).optional(),
    filter: list,
    columns: z.string().min(1).optional(),
    sql: z.string().optional(),
    params: z.array(z.string().nullable()).default([]),
    format: z.enum(formats).default('csv'),
    escape_formulas: z.union([z.boolean(), z.stringbool()]).default(false),
    timeout_ms: z.coerce.number().int().min(1).max(hourMs).optional(),
  })
  .extend(databasePlace.shape);

export type ExportTicket = z.output<typeof exportTicket>;

/** Which cell of a relation, as a URL says it. */
export const cellQuery = z.object({ row: z.string().min(1), column: z.string() });

/** What an exact count takes from a URL or a body. */
export const countQuery = z.object({
  filter: list,
  timeout_ms: z.coerce.number().int().min(1).max(3_600_000).optional(),
});

/** How a user wants a grid's columns: at most as many as a table may have, each once. */
export const columnLayout = z
  .array(
    z.strictObject({
      name: z
        .string()
        .max(63)
        .regex(/^[^\0\p{Cs}]+$/u, 'is no name that PostgreSQL can hold'),
      width: z.int().min(48).max(1_200).optional(),
      is_hidden: z.boolean().optional(),
      is_pinned: z.boolean().optional(),
    }),
  )
  .max(1_600)
  .refine(hasEachOnce, 'names a column twice') satisfies z.ZodType<ColumnLayout>;

function hasEachOnce(columns: ColumnLayout): boolean {
  return new Set(columns.map(({ name }) => name)).size === columns.length;
}
