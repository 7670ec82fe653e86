import {
  Activity,
  Archive,
  Bell,
  Hammer,
  HeartPulse,
  History,
  ListChecks,
  type LucideIcon,
  ScrollText,
  Settings,
  ShieldCheck,
  SquareTerminal,
  Table2,
} from 'lucide-react';
import type { UserRole } from '@/lib/api-types';
import { hasPermission, type Permission } from '@/lib/permissions';

/** A room is a page that the sidebar and the palette lead to. */
export type Room = {
  label: string;
  path: string;
  icon: LucideIcon;
  /** Further first segments of a path that belong to the room. */
  holds?: readonly string[];
  /** Who lacks it is not led there; the page itself refuses them too. */
  permission?: Permission;
};

/** Rooms of one database: `path` follows `/s/{server}/{database}/`; the first room is the database's own page. */
export const databaseRooms: readonly Room[] = [
  { label: 'Tables', path: '', icon: Table2, holds: ['r', 'objects'] },
  { label: 'SQL', path: 'query', icon: SquareTerminal },
  { label: 'Migrations', path: 'migrations', icon: ListChecks },
  { label: 'Backups', path: 'backups', icon: Archive },
  { label: 'Health', path: 'health', icon: HeartPulse },
];

/** Rooms of one server: `path` follows `/s/{server}/`. A database of that name is escaped (lib/names.ts). */
export const serverRooms: readonly Room[] = [
  { label: 'Activity', path: 'activity', icon: Activity },
  { label: 'Migrations', path: 'migrations', icon: ListChecks },
  { label: 'Wall', path: 'wall', icon: ShieldCheck, permission: 'read-wall' },
];

/** Rooms across all servers: `path` is the whole path. */
export const houseRooms: readonly Room[] = [
  { label: 'History', path: '/history', icon: History },
  { label: 'Backups', path: '/backups', icon: Archive },
  { label: 'Alerts', path: '/alerts', icon: Bell },
  { label: 'Jobs', path: '/jobs', icon: Hammer },
  { label: 'Audit log', path: '/settings/audit', icon: ScrollText, permission: 'read-audit' },
  { label: 'Settings', path: '/settings', icon: Settings },
];

/** The rooms that a user of this role may enter. */
export function roomsFor(role: UserRole, rooms: readonly Room[]): readonly Room[] {
  return rooms.filter(({ permission }) => permission === undefined || hasPermission(role, permission));
}
