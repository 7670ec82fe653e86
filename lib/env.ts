import 'server-only';
import { z } from 'zod';
import { AppError } from './errors';
import { type ObjectStoreSettings, objectStoreVariables, readObjectStore } from './object-store';
import { type OidcSettings, roleMap } from './oidc';
import { singleton } from './singleton';

const schema = z.object({
  NODE_ENV: z.string().default('development'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  HOWDAH_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  HOWDAH_SECRET: z.string().min(32).optional(),
  HOWDAH_OLD_SECRET: z.string().min(32).optional(),
  HOWDAH_DATA: z.string().default('.howdah'),
  HOWDAH_BACKUP_NAME: z.string().default('{server}-{database}-{date}-{time}'),
  HOWDAH_BACKUP_RECIPIENTS: z.string().optional(),
  HOWDAH_BACKUP_IDENTITIES: z.string().optional(),
  HOWDAH_BACKUP_TO: z.enum(['local', 's3']).optional(),
  ...objectStoreVariables,
  HOWDAH_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  HOWDAH_ALERT_FROM: z.email().default('howdah@localhost.localdomain'),
  HOWDAH_ALERT_TO: z.string().optional(),
  HOWDAH_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  HOWDAH_WEBHOOK_SECRET: z.string().min(16).optional(),
  HOWDAH_START: z.enum(['warn', 'fail']).default('warn'),
  HOWDAH_JOBS: z.enum(['here', 'elsewhere']).default('here'),
  HOWDAH_READ_TIMEOUT_MS: z.coerce.number().int().positive().default(30_000),
  HOWDAH_WRITE_TIMEOUT_MS: z.coerce.number().int().positive().default(300_000),
  HOWDAH_TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  HOWDAH_RATE_LIMIT: z.coerce.number().int().positive().default(3_000),
  NEXTAUTH_URL: z.url({ protocol: /^https?$/ }).optional(),
  PORT: z.coerce.number().int().default(3000),
  AUTH_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  AUTH_OIDC_CLIENT_ID: z.string().optional(),
  AUTH_OIDC_CLIENT_SECRET: z.string().optional(),
  AUTH_OIDC_NAME: z.string().default('single sign-on'),
  AUTH_OIDC_SCOPE: z.string().default('openid profile email'),
  AUTH_OIDC_ROLE_CLAIM: z.string().default('groups'),
  AUTH_OIDC_ROLE_MAP: roleMap.optional(),
  AUTH_OIDC_ALLOWED_DOMAINS: z.string().default(''),
  PATH: z.string().default(''),
  SystemRoot: z.string().optional(),
});

type Parsed = z.infer<typeof schema>;

/** `oidc` is null where no identity provider is named, `objectStore` where no bucket is. */
export type Env = Parsed & {
  HOWDAH_SECRET: string;
  oidc: OidcSettings | null;
  objectStore: ObjectStoreSettings | null;
};

/** Only good for trying Howdah on one's own machine: a production start without HOWDAH_SECRET is refused. */
const developmentSecret = 'howdah-development-secret-not-for-production';

/** The environment, read once, validated and typed. Throws AppError `invalid` naming each wrong variable. */
export function env(): Env {
  // biome-ignore lint/style/noProcessEnv: the one place that reads it
  return singleton('env', () => parseEnv(process.env));
}

/** `env()` over given variables. A variable that is set but empty counts as not set. */
export function parseEnv(source: Record<string, string | undefined>): Env {
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
  const objectStore = readObjectStore(parsed.data);
  requireBucket(parsed.data, objectStore);
  return {
    ...parsed.data,
    HOWDAH_SECRET: secret ?? developmentSecret,
    oidc: readOidc(parsed.data),
    objectStore,
  };
}

function requireBucket({ HOWDAH_BACKUP_TO: to }: Parsed, objectStore: ObjectStoreSettings | null): void {
  if (to !== 's3' || objectStore !== null) return;
  throw new AppError('invalid', 'HOWDAH_BACKUP_TO is s3, and no object store is described.', {
    hint: 'Set HOWDAH_S3_BUCKET, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  });
}

/** A provider that is named by half would fail at the first sign-in only. Throws AppError `invalid`. */
function readOidc(given: Parsed): OidcSettings | null {
  const { AUTH_OIDC_ISSUER: issuer, AUTH_OIDC_CLIENT_ID: clientId, AUTH_OIDC_ROLE_MAP: roles } = given;
  const clientSecret = given.AUTH_OIDC_CLIENT_SECRET;
  const needed = { issuer, clientId, clientSecret, roles };
  if (Object.values(needed).every((value) => value === undefined)) return null;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined || roles === undefined) {
    throw new AppError('invalid', 'The identity provider is not fully described.', {
      hint: 'Set AUTH_OIDC_ISSUER, AUTH_OIDC_CLIENT_ID, AUTH_OIDC_CLIENT_SECRET and AUTH_OIDC_ROLE_MAP, or none of them.',
    });
  }
  const domains = given.AUTH_OIDC_ALLOWED_DOMAINS.split(',').map((domain) => domain.trim().toLowerCase());
  return {
    issuer,
    clientId,
    clientSecret,
    name: given.AUTH_OIDC_NAME,
    scope: given.AUTH_OIDC_SCOPE,
    roleClaim: given.AUTH_OIDC_ROLE_CLAIM,
    roleMap: roles,
    allowedDomains: domains.filter(Boolean),
  };
}
