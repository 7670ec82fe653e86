import { z } from 'zod';
import { route } from '@/lib/route';
import { draftRoles } from '@/lib/run-choose';
import { choiceBody } from '@/lib/wall-schema';

const schema = z.object({
  databases: z.array(choiceBody.extend({ database: z.string().min(1).max(63) })),
  /** Stands behind the names of the roles, where others have them already. */
  suffix: z
    .string()
    .regex(/^[a-z0-9_]{0,40}$/, 'takes lower-case letters, digits and _')
    .default(''),
});

/** Drafts the script of a reader and a writer; what it answers is kept nowhere. */
export const POST = route('manage-servers', schema, (actor, { databases, suffix }) =>
  draftRoles(actor, databases, suffix),
);
