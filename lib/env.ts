import 'server-only';
import { z } from 'zod';
import { AppError } from './errors';
import { singleton } from './singleton';

const schema = z.object({
  NODE_ENV: z.string().default('development'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  HOWDAH_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  HOWDAH_SECRET: z.string().min(32).optional(),
  HOWDAH_OLD_SECRET: z.string().min(32).optional(),
  HOWDAH_DATA: z.string().default('.howdah'),
  HOWDAH_START: z.enum(['warn', 'fail']).default('warn'),
  HOWDAH_READ_TIMEOUT_MS: z.coerce.number().int().positive().default(30_000),
  HOWDAH_WRITE_TIMEOUT_MS: z.coerce.number().int().positive().default(300_000),
  HOWDAH_TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  HOWDAH_RATE_LIMIT: z.coerce.number().int().positive().default(3_000),
  NEXTAUTH_URL: z.url({ protocol: /^https?$/ }).optional(),
  PATH: z.string().default(''),
  SystemRoot: z.string().optional(),
});

export type Env = z.infer<typeof schema>;

/** Only good for trying Howdah on one's own machine: a production start without HOWDAH_SECRET is refused. */
const developmentSecret = 'howdah-development-secret-not-for-production';

/** The environment, read once, validated and typed. Throws AppError `invalid` naming each wrong variable. */
export function env(): Env & { HOWDAH_SECRET: string } {
  // biome-ignore lint/style/noProcessEnv: the one place that reads it
  return singleton('env', () => parseEnv(process.env));
}

/** `env()` over given variables. A variable that is set but empty counts as not set. */
export function parseEnv(source: Record<string, string | undefined>): Env & { HOWDAH_SECRET: string } {
  const parsed = schema.safeParse(
    Object.fromEntries(Object.entries(source).filter(([, value]) => value !== '')),
  );
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AppError('invalid', `The environment is not usable: ${wrong.join('; ')}.`, {
      hint: 'See .env.example for every variable.',
    });
  }
  const { HOWDAH_SECRET: secret, NODE_ENV: mode } = parsed.data;
  if (secret === undefined && mode === 'production') {
    throw new AppError(
      'invalid',
      'HOWDAH_SECRET is not set, and without it stored credentials are not safe.',
      {
        hint: 'Set it to at least 32 random characters, for example: openssl rand -hex 32',
      },
    );
  }
  return { ...parsed.data, HOWDAH_SECRET: secret ?? developmentSecret };
}
