import type { Permission } from '@/lib/permissions';

/** The pages of Settings, in the order of their links. Who lacks the permission is not led there. */
export const settingsRooms = [
  { label: 'Users', path: '/settings/users', permission: 'manage-users' },
  { label: 'Servers', path: '/settings/servers', permission: 'manage-servers' },
  { label: 'API keys', path: '/settings/api-keys', permission: 'manage-api-keys' },
  { label: 'Audit log', path: '/settings/audit', permission: 'read-audit' },
  { label: 'Store', path: '/settings/store', permission: 'read-settings' },
  { label: 'Profile', path: '/settings/profile', permission: 'manage-profile' },
] as const satisfies readonly { label: string; path: string; permission: Permission }[];

/** The page of Settings that a path belongs to. */
export function settingsRoomOf(pathname: string): (typeof settingsRooms)[number] | undefined {
  return settingsRooms.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
}
