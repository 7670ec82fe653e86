import { z } from 'zod';
import { AppError } from './errors';

/** The input as the schema reads it. Throws AppError `invalid` that names the first wrong field. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError(
    'invalid',
    `${issue?.path.join('.') || 'The request'}: ${issue?.message ?? 'is not valid'}.`,
    {
      cause: z.prettifyError(parsed.error),
    },
  );
}
