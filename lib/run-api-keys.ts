import 'server-only';
import type { ApiKeySummary, NewApiKey } from './account-types';
import type { UserRole } from './api-types';
import { audited } from './audited';
import { AppError } from './errors';
import { hasPermission, leastRole } from './permissions';
import type { Actor } from './server';
import { insertApiKey, listApiKeys, revokeApiKey } from './store/api-keys';

const dayMs = 86_400_000;

export type KeyRequest = { name: string; role?: UserRole; servers: readonly string[] | null; days: number };

/** The actor's keys, or everybody's for who may see them. */
export async function listKeys(actor: Actor): Promise<ApiKeySummary[]> {
  return listApiKeys(hasPermission(actor.role, 'manage-any-api-key') ? null : actor.userId);
}

/**
 * Makes an API key of the actor's own and answers it, once. Throws AppError: `forbidden` above their user role, `not_found`
 * for a server that does not exist for them.
 */
export async function makeKey(actor: Actor, request: KeyRequest): Promise<NewApiKey> {
  const { name, role = actor.role, servers, days } = request;
  if (leastRole(role, actor.role) !== role) {
    throw new AppError(
      'forbidden',
      `A key of yours can't have the user role ${role}: yours is ${actor.role}.`,
    );
  }
  const expiresAt = new Date(Date.now() + days * dayMs);
  const detail = {
    role,
    servers: servers === null ? null : [...servers],
    expires_at: expiresAt.toISOString(),
  };
  return audited(actor, { action: 'api-key.create', subject: { kind: 'api-key', name }, detail }, (note) =>
    insertApiKey(actor, { name, role, servers, expiresAt }).then((made) => {
      note({ id: made.id });
      return made;
    }),
  );
}

/** Revokes a key at once: one's own, or anybody's for who may. Throws AppError `not_found`. */
export async function revokeKey(actor: Actor, id: string): Promise<void> {
  const userId = hasPermission(actor.role, 'manage-any-api-key') ? null : actor.userId;
  const event = { action: 'api-key.revoke', subject: { kind: 'api-key', name: id } } as const;
  await audited(actor, event, () => revokeApiKey(id, userId));
}
