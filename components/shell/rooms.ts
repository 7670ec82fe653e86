import { History, type LucideIcon, SquareTerminal } from 'lucide-react';

/** A room is a page that the sidebar and the palette lead to. */
export type Room = { label: string; path: string; icon: LucideIcon };

/** Rooms of one database: `path` follows `/s/{server}/{database}/`. */
export const databaseRooms: readonly Room[] = [{ label: 'SQL', path: 'query', icon: SquareTerminal }];

/** Rooms across all servers: `path` is the whole path. */
export const houseRooms: readonly Room[] = [{ label: 'History', path: '/history', icon: History }];
