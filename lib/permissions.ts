import type { Environment, Level, UserRole } from './api-types';

/** Permission → the least user role that has it. The only table of its kind. */
export const permissions = {
  browse: 'reviewer',
  'run-query': 'reviewer',
  export: 'reviewer',
  'edit-rows': 'developer',
  'cancel-query': 'reviewer',
  'cancel-any-query': 'admin',
  'read-activity': 'reviewer',
  'read-all-activity': 'admin',
  'signal-backends': 'developer',
  'run-maintenance': 'developer',
  'read-history': 'reviewer',
  'read-health': 'reviewer',
  'read-wall': 'admin',
  'run-as-owner': 'developer',
  'read-jobs': 'reviewer',
  'cancel-job': 'developer',
  'cancel-any-job': 'admin',
  'read-backups': 'reviewer',
  'take-backup': 'developer',
  'download-backup': 'developer',
  'verify-backup': 'developer',
  'restore-backup': 'developer',
  'manage-backups': 'admin',
  'read-settings': 'admin',
  'read-audit': 'admin',
  'verify-seals': 'admin',
  'manage-servers': 'admin',
  'manage-users': 'admin',
  'manage-profile': 'reviewer',
  'manage-api-keys': 'reviewer',
  'manage-any-api-key': 'admin',
} as const satisfies Record<string, UserRole>;

export type Permission = keyof typeof permissions;

const rankOfRole = { reviewer: 0, developer: 1, admin: 2 } as const satisfies Record<UserRole, number>;
const rankOfLevel = { read: 0, write: 1, owner: 2 } as const satisfies Record<Level, number>;
const ceilingOfRole = { reviewer: 'read', developer: 'write', admin: 'owner' } as const satisfies Record<
  UserRole,
  Level
>;

/** Whether a user role carries a permission. */
export function hasPermission(role: UserRole, permission: Permission): boolean {
  return rankOfRole[role] >= rankOfRole[permissions[permission]];
}

/**
 * The level in force: the lesser of what was granted and the user role's ceiling. Developers may hold owner
 * on a server that is not production.
 */
export function levelInForce(role: UserRole, granted: Level, environment: Environment): Level {
  const isRaised = role === 'developer' && environment !== 'production';
  const ceiling = isRaised ? 'owner' : ceilingOfRole[role];
  return includesLevel(granted, ceiling) ? ceiling : granted;
}

/** The lesser of two user roles. */
export function leastRole(one: UserRole, other: UserRole): UserRole {
  return rankOfRole[one] <= rankOfRole[other] ? one : other;
}

/**
 * What no API key may do, whatever its role: a stolen key must not make further keys, users or sessions, nor learn or change
 * how others get in. It needs a person who has signed in.
 */
export const sessionOnly: readonly Permission[] = [
  'manage-users',
  'manage-profile',
  'manage-api-keys',
  'manage-any-api-key',
];

/** Whether whoever holds `held` may work at `wanted`. */
export function includesLevel(held: Level, wanted: Level): boolean {
  return rankOfLevel[held] >= rankOfLevel[wanted];
}
