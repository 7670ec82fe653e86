import type { DatabaseSummary, ServerSummary, UserRole } from '@/lib/api-types';
import type { PaletteAction, PaletteItem } from './command-palette';
import { pathOfRoom, pathOfServerRoom } from './place';
import { databaseRooms, houseRooms, roomsFor, serverRooms } from './rooms';
import type { Theme } from './use-theme';

type DatabasesOf = (server: string) => readonly DatabaseSummary[];

/** Every room of every known database and of every server, then the rooms across all servers for this role. */
export function roomItems(
  servers: readonly ServerSummary[],
  databasesOf: DatabasesOf,
  role: UserRole,
): PaletteItem[] {
  const house = [{ label: 'Servers', path: '/' }, ...roomsFor(role, houseRooms)].map((room) => ({
    id: `room:${room.path}`,
    label: room.label,
    hint: 'all servers',
    href: room.path,
    group: 'All servers',
  }));
  const inside = servers.flatMap((server) =>
    databasesOf(server.slug).flatMap(({ name }) =>
      databaseRooms.map((room) => ({
        id: `room:${server.slug}/${name}/${room.path}`,
        label: `${room.label} · ${name}`,
        hint: server.name,
        href: pathOfRoom(server.slug, name, room.path),
        group: 'Databases',
      })),
    ),
  );
  const ofServers = servers.flatMap(({ slug, name }) =>
    roomsFor(role, serverRooms).map((room) => ({
      id: `room:${slug}/*/${room.path}`,
      label: `${room.label} · ${name}`,
      hint: 'server',
      href: pathOfServerRoom(slug, room.path),
      group: 'Databases',
    })),
  );
  return [...inside, ...ofServers, ...house];
}

type ActionsInput = { setTheme: (theme: Theme) => void; showKeys: () => void; leave: () => void };

/** What can be done from everywhere. */
export function shellActions({ setTheme, showKeys, leave }: ActionsInput): PaletteAction[] {
  return [
    { id: 'theme:light', label: 'Use the light theme', hint: 'theme', onSelect: () => setTheme('light') },
    { id: 'theme:dark', label: 'Use the dark theme', hint: 'theme', onSelect: () => setTheme('dark') },
    {
      id: 'theme:system',
      label: "Use the system's theme",
      hint: 'theme',
      onSelect: () => setTheme('system'),
    },
    { id: 'keys', label: 'Show the keys of this page', hint: '?', onSelect: showKeys },
    { id: 'sign-out', label: 'Sign out', onSelect: leave },
  ];
}
