/** What the API tells about users, for pages and components. Times are ISO 8601 with zone. */
import type { Environment, Level, UserRole } from './api-types';

export type Theme = 'light' | 'dark' | 'system';

/** `setup` makes the first admin; `invite` and `reset` let a user choose a password. */
export type LinkKind = 'setup' | 'invite' | 'reset';

/** `invited`: has not chosen a password yet, and signs in by no other way. */
export type UserStatus = 'active' | 'invited' | 'disabled';

export type UserSummary = {
  id: string;
  username: string;
  name: string | null;
  email: string | null;
  role: UserRole;
  status: UserStatus;
  /** How they sign in; null while they are invited. */
  signs_in_by: 'password' | 'oidc' | null;
  servers: UserGrant[];
  created_at: string;
  signed_in_at: string | null;
};

/** What was granted, and what of it the user's role leaves in force. */
export type UserGrant = { server: string; level: Level; level_in_force: Level };

/** A server as those see it who grant access to it, whether they may use it or not. */
export type GrantableServer = { slug: string; name: string; environment: Environment };

/** A one-time link, as it is listed: never with its token. */
export type LinkSummary = {
  id: string;
  kind: Exclude<LinkKind, 'setup'>;
  user: string;
  user_id: string;
  created_by: string | null;
  created_at: string;
  expires_at: string;
};

/** A one-time link, as it is shown once: `path` follows the address of Howdah. */
export type NewLink = { id: string; path: string; expires_at: string };

export type SessionSummary = {
  id: string;
  address: string | null;
  user_agent: string | null;
  created_at: string;
  expires_at: string;
  /** The session that asks. */
  is_current: boolean;
};

export type ApiKeySummary = {
  id: string;
  name: string;
  user: string;
  role: UserRole;
  /** Slugs; null for every server that its user may use. */
  servers: string[] | null;
  created_at: string;
  expires_at: string;
  last_used_at: string | null;
  status: 'active' | 'expired' | 'revoked';
};

/** A key, as it is shown once. */
export type NewApiKey = ApiKeySummary & { key: string };

export type Profile = {
  username: string;
  name: string | null;
  email: string | null;
  role: UserRole;
  time_zone: string | null;
  theme: Theme | null;
  signs_in_by: 'password' | 'oidc' | null;
};
