import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Level } from '../api-types';
import { AppError } from '../errors';
import { hasPermission, levelInForce } from '../permissions';
import type { Actor, Login, Server } from '../server';
import { singleton } from '../singleton';
import { accessOf, isWithinKey } from './access';
import { inBatches } from './batch';
import { store, storePool } from './db';
import { type StoreIdentity, storeIdentity } from './identity';
import type { ServerRow } from './schema';
import { decryptSecret, encryptSecret } from './secrets';

/** What enrolment found out about a server. Passwords are plain here and encrypted in the store. */
export type Enrolment = Place & {
  logins: { [level in Level]: Login | null };
  systemIdentifier: string | null;
};

type Place = Pick<Server, 'slug' | 'name' | 'environment' | 'host' | 'port' | 'tls' | 'defaultDatabase'>;

/** The servers that exist for this actor, by name. */
export async function listServers(actor: Actor): Promise<Server[]> {
  const rows = await store()
    .selectFrom('servers')
    .innerJoin(accessOf(actor), 'a.server_id', 'servers.id')
    .selectAll('servers')
    .select('a.level as granted')
    .where('servers.disabled_at', 'is', null)
    .orderBy('servers.name')
    .execute();
  const identity = await storeIdentity();
  return rows.map((row) => asServer(row, actor, identity));
}

/** One server for this actor. Without access it does not exist: throws AppError `not_found`. */
export async function findServer(actor: Actor, slug: string): Promise<Server> {
  const find = singleton('servers.find', () => inBatches(loadServers));
  const brought = broughtServers().get(actor);
  const row = brought?.slug === slug ? brought : await find({ userId: actor.userId, slug });
  if (row === null || !isWithinKey(actor, row.id)) {
    throw new AppError('not_found', `There is no server "${slug}" for you.`);
  }
  return asServer(row, actor, await storeIdentity());
}

type Wanted = { userId: string; slug: string };
type GrantedRow = ServerRow & { granted: Level };

/** What came along with an actor's session, for as long as the actor lives: one request. */
function broughtServers(): WeakMap<Actor, GrantedRow> {
  return singleton('servers.brought', () => new WeakMap());
}

/** Keeps the server that was read together with the actor's session for findServer(). */
export function bringServer(actor: Actor, row: GrantedRow): void {
  broughtServers().set(actor, row);
}

/**
 * A server for Howdah's own housekeeping, in nobody's name and at the owner level: what a dead job left running there
 * must end whoever asked for it, and its grants and its wall are seen to. A closed
 * level has its login here, so that it can be tried again. Null when it is not enrolled any more.
 */
export async function findServerToKeep(id: string): Promise<Server | null> {
  const row = await store().selectFrom('servers').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const login = (level: Level) => openLogin(row, level);
  return { ...toServer(row, 'owner', await storeIdentity()), login };
}

/** Prepared by name: it runs on nearly every request. Requests that come at once share one query. */
async function loadServers(wanted: Wanted[]): Promise<(GrantedRow | null)[]> {
  const { rows } = await storePool().query<GrantedRow & { place: string }>({
    name: 'find-servers',
    text: `select w.place, s.*, a.level as granted
      from unnest($1::uuid[], $2::text[]) with ordinality w (user_id, slug, place)
      join servers s on s.slug = w.slug join server_access a on a.server_id = s.id and a.user_id = w.user_id
      where s.disabled_at is null`,
    values: [wanted.map(({ userId }) => userId), wanted.map(({ slug }) => slug)],
  });
  const found: (GrantedRow | null)[] = wanted.map(() => null);
  for (const { place, ...row } of rows) found[Number(place) - 1] = row;
  return found;
}

const untried = 'Its wall has not been tried yet.';

/** Stores a server under its slug, new or again, and returns its id. Its levels are closed until putLevels() opens them. */
export async function putServer(enrolment: Enrolment): Promise<string> {
  const known = await store()
    .selectFrom('servers')
    .select('id')
    .where('slug', '=', enrolment.slug)
    .executeTakeFirst();
  const id = known?.id ?? uuidv7();
  const closed = { read_closed: untried, write_closed: untried };
  const values = { id, ...rowOf(enrolment), ...sealLogins(id, enrolment.logins), ...closed };
  await store()
    .insertInto('servers')
    .values({ ...values, disabled_at: null })
    .onConflict((conflict) => conflict.column('slug').doUpdateSet(values))
    .execute();
  return id;
}

/** Connections a level that a new server is given. */
export const defaultBudget = 5;

/** Connections a level of the server of this slug; of a new one what new ones are given. */
export async function findBudget(slug: string): Promise<number> {
  const row = await store()
    .selectFrom('servers')
    .select('connection_budget')
    .where('slug', '=', slug)
    .executeTakeFirst();
  return row?.connection_budget ?? defaultBudget;
}

/** Whether there is a server of this slug, for whomever. */
export async function isSlugTaken(slug: string): Promise<boolean> {
  const row = await store().selectFrom('servers').select('id').where('slug', '=', slug).executeTakeFirst();
  return row !== undefined;
}

/** Grants a user a level on a server, in place of what was granted before. */
export async function grantAccess(userId: string, serverId: string, level: Level): Promise<void> {
  await store()
    .insertInto('server_access')
    .values({ user_id: userId, server_id: serverId, level })
    .onConflict((conflict) => conflict.columns(['user_id', 'server_id']).doUpdateSet({ level }))
    .execute();
}

function rowOf({ slug, name, environment, host, port, tls, defaultDatabase, systemIdentifier }: Enrolment) {
  return {
    slug,
    name,
    environment,
    host,
    port,
    tls_mode: tls.mode,
    tls_ca: tls.ca,
    default_database: defaultDatabase,
    system_identifier: systemIdentifier,
  };
}

function sealLogins(id: string, logins: Enrolment['logins']) {
  const seal = (level: Level) => {
    const login = logins[level];
    return login === null ? null : encryptSecret(login.password, `${id}:${level}`);
  };
  return {
    read_user: logins.read?.user ?? null,
    read_secret: seal('read'),
    write_user: logins.write?.user ?? null,
    write_secret: seal('write'),
    owner_user: logins.owner?.user ?? null,
    owner_secret: seal('owner'),
  };
}

function openLogin(row: ServerRow, level: Level): Login | null {
  const user = row[`${level}_user`];
  const secret = row[`${level}_secret`];
  if (user === null || secret === null) return null;
  return { user, password: decryptSecret(secret, `${row.id}:${level}`) };
}

function closedReason(row: ServerRow, level: Level): string | null {
  return level === 'owner' ? null : row[`${level}_closed`];
}

/** What a level that does not exist lacks would be a guide for an attack. */
const forAdmins = "An admin sees why on the server's page.";

function asServer(row: GrantedRow, actor: Actor, identity: StoreIdentity): Server {
  const server = toServer(row, levelInForce(actor.role, row.granted, row.environment), identity);
  if (hasPermission(actor.role, 'read-wall')) return server;
  return { ...server, whyClosed: (level) => (closedReason(row, level) === null ? null : forAdmins) };
}

function toServer(row: ServerRow, level: Level, identity: StoreIdentity): Server {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    environment: row.environment,
    host: row.host,
    port: row.port,
    tls: { mode: row.tls_mode, ca: row.tls_ca },
    defaultDatabase: row.default_database,
    // A level that was closed has no login, whatever the row keeps for it.
    login: (level) => (closedReason(row, level) === null ? openLogin(row, level) : null),
    whyClosed: (level) => closedReason(row, level),
    fingerprint: (level) =>
      `${row.host}:${row.port} ${row.tls_mode} ${row.tls_ca} ${row[`${level}_secret`]} ${row.connection_budget} ${closedReason(row, level)}`,
    connectionBudget: row.connection_budget,
    timeouts: { read: row.read_timeout_ms, write: row.write_timeout_ms },
    systemIdentifier: row.system_identifier,
    storeDatabase: row.system_identifier === identity.systemIdentifier ? identity.database : null,
    level,
  };
}
