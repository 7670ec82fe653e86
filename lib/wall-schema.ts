import { z } from 'zod';

/** A name of PostgreSQL's, as a JSON body has it. */
const name = z
  .string()
  .min(1)
  .max(63)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'is no name that PostgreSQL can hold');

const url = z.string().min(1).max(2000);

/** A CA in PEM form; null and the empty text mean that the authorities of the system count. */
export const certificate = z
  .string()
  .max(200_000)
  .nullable()
  .default(null)
  .transform((text) => (text?.trim() ? text : null));

const mask = z.object({ schema: name, relation: name, column: name });

/** What the levels may reach in one database. */
export const choiceBody = z.object({
  schemas: z.array(name).max(1000),
  masks: z.array(mask).max(10_000).default([]),
});

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'takes lower-case letters, digits and hyphens');
const environment = z.enum(['production', 'staging', 'development']);
const milliseconds = z.number().int().min(100).max(3_600_000).nullable().optional();

/** What of a server may be changed: each part alone, or several at once. */
export const serverChange = z
  .object({
    server: z.string(),
    name: z.string().min(1).max(100).optional(),
    environment: environment.optional(),
    connection_budget: z.number().int().min(1).max(100).optional(),
    read_timeout_ms: milliseconds,
    write_timeout_ms: milliseconds,
    url: url.optional(),
    read_url: url.optional(),
    write_url: url.nullable().default(null),
    tls_ca: certificate,
  })
  .transform(({ server, url, read_url, write_url, tls_ca, ...settings }) => {
    const byRoles = read_url === undefined ? undefined : { readUrl: read_url, writeUrl: write_url };
    return {
      server,
      change: { settings, ca: tls_ca, access: url === undefined ? byRoles : { url } },
    };
  });

export type ServerChange = z.output<typeof serverChange>['change'];

/** A server to enrol: with the URL of a superuser or an owner, or with those of a reader and a writer. */
export const enrolBody = z
  .object({
    slug,
    name: z.string().min(1).max(100),
    environment,
    url: url.optional(),
    read_url: url.optional(),
    write_url: url.nullable().default(null),
    tls_ca: certificate,
    /** Whether the answer tells, an event a line, how far it is. */
    follow: z.boolean().default(false),
    databases: z
      .array(choiceBody.extend({ database: name }))
      .max(1000)
      .optional(),
  })
  .refine((body) => (body.url === undefined) !== (body.read_url === undefined), {
    message: 'goes without read_url, and read_url without url: give one of them',
    path: ['url'],
  });
