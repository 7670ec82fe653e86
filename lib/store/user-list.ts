import 'server-only';
import { sql } from 'kysely';
import { validate as isUuid } from 'uuid';
import type { GrantableServer, UserGrant, UserStatus, UserSummary } from '../account-types';
import type { Environment, Level, UserRole } from '../api-types';
import { AppError } from '../errors';
import { levelInForce } from '../permissions';
import { store } from './db';

type GrantRow = { server: string; level: Level; environment: Environment };

/** Every user with what was granted to them, by name. */
export async function listUsers(): Promise<UserSummary[]> {
  const rows = await summaries().orderBy(sql`lower(u.username)`).execute();
  return rows.map(asSummary);
}

/** One user. Throws AppError `not_found`. */
export async function findUser(id: string): Promise<UserSummary> {
  const row = isUuid(id) ? await summaries().where('u.id', '=', id).executeTakeFirst() : undefined;
  if (row === undefined) throw missingUser();
  return asSummary(row);
}

/** The error for a user who is not there. */
export function missingUser(): AppError {
  return new AppError('not_found', 'There is no such user.');
}

/** The servers that access can be granted to, by name: all that are in use. */
export async function listGrantableServers(): Promise<GrantableServer[]> {
  return store()
    .selectFrom('servers')
    .select(['slug', 'name', 'environment'])
    .where('disabled_at', 'is', null)
    .orderBy('name')
    .execute();
}

function summaries() {
  return store()
    .selectFrom('users as u')
    .select(['u.id', 'u.username', 'u.name', 'u.email', 'u.role', 'u.disabled_at', 'u.created_at'])
    .select(['u.signed_in_at', 'u.oidc_subject'])
    .select([
      sql<boolean>`u.password_hash is not null`.as('has_password'),
      sql<GrantRow[]>`coalesce((
        select json_agg(json_build_object('server', s.slug, 'level', a.level, 'environment', s.environment) order by s.name)
        from server_access a join servers s on s.id = a.server_id where a.user_id = u.id and s.disabled_at is null
      ), '[]')`.as('grants'),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof summaries>['executeTakeFirstOrThrow']>>;

function asSummary({ grants, ...row }: Row): UserSummary {
  const signs_in_by = row.oidc_subject !== null ? 'oidc' : row.has_password ? 'password' : null;
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    email: row.email,
    role: row.role,
    status: statusOf(row.disabled_at, signs_in_by),
    signs_in_by,
    servers: grants.map((grant) => asGrant(row.role, grant)),
    created_at: row.created_at.toISOString(),
    signed_in_at: row.signed_in_at?.toISOString() ?? null,
  };
}

function statusOf(disabledAt: Date | null, signsInBy: UserSummary['signs_in_by']): UserStatus {
  if (disabledAt !== null) return 'disabled';
  return signsInBy === null ? 'invited' : 'active';
}

function asGrant(role: UserRole, { server, level, environment }: GrantRow): UserGrant {
  return { server, level, level_in_force: levelInForce(role, level, environment) };
}
