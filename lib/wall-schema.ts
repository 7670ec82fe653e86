import { z } from 'zod';

/** A name of PostgreSQL's, as a JSON body has it. */
const name = z
  .string()
  .min(1)
  .max(63)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'is no name that PostgreSQL can hold');

const url = z.string().min(1).max(2000);

const mask = z.object({ schema: name, relation: name, column: name });

/** What the levels may reach in one database. */
export const choiceBody = z.object({
  schemas: z.array(name).max(1000),
  masks: z.array(mask).max(10_000).default([]),
});

/** A server to enrol: with the URL of a superuser or an owner, or with those of a reader and a writer. */
export const enrolBody = z
  .object({
    slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'takes lower-case letters, digits and hyphens'),
    name: z.string().min(1).max(100),
    environment: z.enum(['production', 'staging', 'development']),
    url: url.optional(),
    read_url: url.optional(),
    write_url: url.nullable().default(null),
    databases: z
      .array(choiceBody.extend({ database: name }))
      .max(1000)
      .optional(),
  })
  .refine((body) => (body.url === undefined) !== (body.read_url === undefined), {
    message: 'goes without read_url, and read_url without url: give one of them',
    path: ['url'],
  });
