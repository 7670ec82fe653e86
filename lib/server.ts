import type { Environment, Level, UserRole } from './api-types';

/**
 * Who is acting now: a user, by session or by API key (`sessionId` is then the key's id). Only requireActor() in auth.ts
 * makes one, and actorOfJob() for work that outlives the request in which it was asked for.
 */
export type Actor = {
  userId: string;
  username: string;
  role: UserRole;
  sessionId: string;
  via: Via;
  origin: Origin;
  /** The API key that the request came with. `role` is then the lesser of the key's and its user's. */
  key?: ActorKey;
};

/** An API key, and the ids of the only servers that it sees; null for all of its user's. */
export type ActorKey = { id: string; name: string; serverIds: readonly string[] | null };

/** How somebody got in, or which part of Howdah acts of itself. */
export type Via = 'session' | 'api_key' | 'sign_in' | 'job' | 'start' | 'scheduler' | 'sweeper' | 'console';

/** Where a request comes from. Null where that can't be known. */
export type Origin = { address: string | null; userAgent: string | null };

/** How a server's certificate is checked. `require` encrypts without checking. */
export type TlsMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** A login role's name and password, decrypted. */
export type Login = { user: string; password: string };

/** A server as an actor sees it: where it is, how to log in at each level, and the level in force for the actor. */
export type Server = {
  id: string;
  slug: string;
  name: string;
  environment: Environment;
  host: string;
  port: number;
  tls: { mode: TlsMode; ca: string | null };
  defaultDatabase: string;
  /** The login role of a level, decrypted when asked for; null where the level does not exist on this server. */
  login: (level: Level) => Login | null;
  /** Why a level does not exist although its role was made; null where it does, or never had a role. */
  whyClosed: (level: Level) => string | null;
  /** Changes whenever what connects at this level does: address, TLS, login, budget. Holds nothing secret. */
  fingerprint: (level: Level) => string;
  /** Connections that Howdah may hold for each level, over all databases. */
  connectionBudget: number;
  /** How long a statement may run here, in milliseconds, by what it may do; null where the environment's figures count. */
  timeouts: { read: number | null; write: number | null };
  /** Identity of the PostgreSQL instance (pg_control_system), null until it was first reached. */
  systemIdentifier: string | null;
  /** The database of this server that is Howdah's own store: nobody may open it. Null where the store is elsewhere. */
  storeDatabase: string | null;
  level: Level;
};
