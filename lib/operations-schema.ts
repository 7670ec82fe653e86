import { z } from 'zod';

/** A backend, and why it is to be signalled. */
export const backendSignal = z.object({
  server: z.string(),
  pid: z.coerce.number().int().positive(),
  started_at: z.iso.datetime({ offset: true }),
  reason: z.string().trim().min(3, 'says why, in three characters at least').max(500),
});

const name = z.string().min(1).max(63);
const flag = z.union([z.boolean(), z.stringbool()]).default(false);

const workers = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,2}$/, 'is no number')
      .transform(Number),
  ])
  .pipe(z.number().int().min(0).max(64));

const subject = { server: z.string(), database: z.string(), schema: name, name };
const relation = { ...subject, kind: z.literal('relation').default('relation') };

/** A piece of maintenance, from a body or from an address. Options are PostgreSQL's own, each of its own type. */
export const maintenanceRequest = z
  .discriminatedUnion('action', [
    z.object({
      action: z.literal('vacuum'),
      ...relation,
      full: flag,
      analyze: flag,
      freeze: flag,
      parallel: workers.nullable().default(null),
    }),
    z.object({ action: z.literal('analyze'), ...relation }),
    z.object({
      action: z.literal('reindex'),
      ...subject,
      kind: z.enum(['relation', 'index']).default('relation'),
      concurrently: flag,
    }),
    z.object({ action: z.literal('drop_index'), ...subject, kind: z.literal('index').default('index') }),
  ])
  .refine((work) => work.action !== 'vacuum' || !work.full || work.parallel === null, {
    message: 'does not go with full: VACUUM FULL rewrites the table alone',
    path: ['parallel'],
  });

const everywhere = { server: z.string(), database: z.string() };

/** Maintenance of every table of a database, from a body or from an address. */
export const databaseMaintenanceRequest = z.discriminatedUnion('action', [
  z.object({ action: z.literal('vacuum'), ...everywhere, analyze: flag, freeze: flag }),
  z.object({ action: z.literal('analyze'), ...everywhere }),
  z.object({
    action: z.literal('reindex'),
    ...everywhere,
    concurrently: z.union([z.boolean(), z.stringbool()]).default(true),
  }),
]);

/** The confirmation of either: `<server>/<database>`. */
export const confirmed = z.object({ confirm: z.string().optional() });
