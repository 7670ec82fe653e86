import { z } from 'zod';
import { ndjsonAnswer } from '@/lib/ndjson-writer';
import { route } from '@/lib/route';
import { startScript } from '@/lib/run-query';

const hourMs = 3_600_000;

const schema = z.object({
  server: z.string(),
  database: z.string(),
  sql: z.string(),
  params: z.array(z.string().nullable()).default([]),
  level: z.enum(['read', 'write', 'owner']).default('read'),
  transaction: z.enum(['each', 'script']).default('each'),
  dry_run: z.boolean().default(false),
  confirm: z.string().optional(),
  max_rows: z.int().min(0).optional(),
  timeout_ms: z.int().min(1).max(hourMs).optional(),
  kind: z.enum(['editor', 'api']).default('api'),
});

/** Runs a script; each statement is recorded before it is sent. */
export const POST = route('run-query', schema, async (actor, input, signal) => {
  const { max_rows = Number.POSITIVE_INFINITY, timeout_ms, dry_run, kind, ...rest } = input;
  const request = {
    ...rest,
    maxRows: max_rows,
    timeoutMs: timeout_ms,
    isDryRun: dry_run,
    kind: dry_run ? ('dry_run' as const) : kind,
  };
  return ndjsonAnswer(await startScript(actor, request, signal));
});
