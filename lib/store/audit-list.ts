import 'server-only';
import { sql } from 'kysely';
import type { Page } from '../api-types';
import type { AuditAction, AuditEntry, AuditKind } from '../audit-types';
import { store } from './db';
import { staleAfterSeconds } from './instances';

export type AuditFilter = {
  user?: string;
  action?: AuditAction;
  kind?: AuditKind;
  server?: string;
  q?: string;
  from?: string;
  to?: string;
  after?: string;
  limit: number;
};

/** Work without an end is under way while its instance lives; after that nobody knows. */
const result = sql<AuditEntry['result']>`coalesce(f.result, case
  when e.result <> 'started' then e.result
  when i.stopped_at is null and i.heartbeat_at > now() - make_interval(secs => ${sql.lit(staleAfterSeconds)})
  then 'started' else 'unknown' end)`;

/** Events, newest first, each with its end. `after` is the id of the last one seen. */
export async function listAudit(filter: AuditFilter): Promise<Page<AuditEntry>> {
  let query = events()
    .orderBy('e.id', 'desc')
    .limit(filter.limit + 1);
  if (filter.after !== undefined) query = query.where('e.id', '<', filter.after);
  if (filter.user !== undefined) query = query.where('e.username', '=', filter.user);
  if (filter.action !== undefined) query = query.where('e.action', '=', filter.action);
  if (filter.kind !== undefined) query = query.where('e.kind', '=', filter.kind);
  if (filter.server !== undefined) query = query.where('e.server', '=', filter.server);
  if (filter.q !== undefined) query = query.where(text, 'ilike', `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`);
  if (filter.from !== undefined) query = query.where('e.at', '>=', new Date(filter.from));
  if (filter.to !== undefined) query = query.where('e.at', '<', new Date(filter.to));
  const rows = await query.execute();
  const items = rows.slice(0, filter.limit).map(asEntry);
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Everything that a filter lets through, a page at a time as it is taken. */
export async function* streamAudit(
  filter: Omit<AuditFilter, 'after' | 'limit'>,
): AsyncGenerator<AuditEntry[]> {
  let after: string | undefined;
  do {
    const { items, next } = await listAudit({ ...filter, after, limit: 500 });
    yield items;
    after = next ?? undefined;
  } while (after !== undefined);
}

/** The users and servers that the log names. */
export async function listAuditChoices(): Promise<{ users: string[]; servers: string[] }> {
  const [users, servers] = await Promise.all([
    store().selectFrom('users').select('username').orderBy('username').execute(),
    store().selectFrom('servers').select('slug').orderBy('slug').execute(),
  ]);
  return {
    users: [...users.map(({ username }) => username), 'howdah'],
    servers: servers.map(({ slug }) => slug),
  };
}

/** What a search looks through. */
const text = sql<string>`concat_ws(' ', e.action, e.subject_kind, e.subject, e.username, e.server, e.database, e.address,
  e.user_agent, e.detail, f.detail)`;

function events() {
  return store()
    .selectFrom('audit_log as e')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('audit_log as d')
          .selectAll('d')
          .whereRef('d.event_id', '=', 'e.id')
          .whereRef('d.id', '<>', 'e.id')
          .orderBy('d.id')
          .limit(1)
          .as('f'),
      (join) => join.onTrue(),
    )
    .leftJoin('instances as i', 'i.id', 'e.instance_id')
    .whereRef('e.id', '=', 'e.event_id')
    .select(['e.id', 'e.kind', 'e.action', 'e.username', 'e.via', 'e.subject_kind', 'e.subject'])
    .select(['e.server', 'e.database', 'e.address', 'e.user_agent', 'e.at'])
    .select(['f.at as ended_at', result.as('result')])
    .select((expression) => [
      expression.fn.coalesce('f.error_code', 'e.error_code').as('error_code'),
      expression.fn.coalesce('f.detail', 'e.detail').as('detail'),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof events>['executeTakeFirstOrThrow']>>;

function asEntry({ username, at, ended_at, ...row }: Row): AuditEntry {
  return { ...row, user: username, at: at.toISOString(), ended_at: ended_at?.toISOString() ?? null };
}
