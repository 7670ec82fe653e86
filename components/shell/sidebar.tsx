'use client';

import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { Badge } from '@/components/ui/badge';
import type { ServerSummary, UserRole } from '@/lib/api-types';
import { Logo } from './logo';
import { houseRoomOf, pathOfRoom, pathOfServerRoom, roomOf } from './place';
import { databaseRooms, houseRooms, type Room, roomsFor, serverRooms } from './rooms';
import { DatabaseSwitch, ServerSwitch } from './switches';
import type { useDatabases } from './use-databases';
import type { usePlace } from './use-place';
import { type ShellUser, UserFoot } from './user-foot';

export type SidebarProps = {
  servers: readonly ServerSummary[];
  user: ShellUser;
  where: ReturnType<typeof usePlace>;
  databases: ReturnType<typeof useDatabases>;
  /** Alerts that nobody has resolved. */
  openAlerts: number;
  onSignOut: () => void;
};

/** Server, database, their rooms; the rooms across all servers; the user. */
export function Sidebar({ servers, user, where, databases, openAlerts, onSignOut }: SidebarProps) {
  const pathname = usePathname();
  const router = useRouter();
  const { here, place, remember } = where;
  const server = servers.find((item) => item.slug === place?.server) ?? null;
  const database = server ? (place?.database ?? null) : null;
  const choose = (slug: string) => {
    remember({ server: slug, database: null });
    if (here && here.server !== slug) router.push('/');
  };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Link href="/" className="m-2 flex h-7 w-fit items-center gap-2 rounded-md px-1.5 font-semibold">
        <Logo className="size-4 text-accent" />
        Howdah
      </Link>
      <div className="flex flex-col gap-1.5 px-2">
        <ServerSwitch servers={servers} current={server} onChoose={choose} />
        {server ? (
          <DatabaseSwitch
            server={server}
            current={database}
            room={here ? roomOf(pathname) : null}
            list={databases.listOf(server.slug)}
            onOpen={() => databases.load(server.slug)}
          />
        ) : null}
      </div>
      <nav aria-label="Rooms" className="mt-3 flex min-h-0 flex-1 flex-col gap-4 overflow-auto px-2 pb-2">
        {server && database ? (
          <DatabaseRooms server={server} database={database} isHere={here?.database === database} />
        ) : null}
        {server ? <ServerRooms server={server} role={user.role} /> : null}
        <HouseRooms role={user.role} openAlerts={openAlerts} />
      </nav>
      <UserFoot user={user} onSignOut={onSignOut} />
    </div>
  );
}

type DatabaseRoomsProps = { server: ServerSummary; database: string; isHere: boolean };

function DatabaseRooms({ server, database, isHere }: DatabaseRoomsProps) {
  const room = roomOf(usePathname()) ?? '';
  return (
    <ul>
      {databaseRooms.map((each) => (
        <RoomLink
          key={each.path}
          room={each}
          href={pathOfRoom(server.slug, database, each.path)}
          isHere={isHere && room === each.path}
        />
      ))}
    </ul>
  );
}

function ServerRooms({ server, role }: { server: ServerSummary; role: UserRole }) {
  const pathname = usePathname();
  return (
    <section>
      <h2 className="truncate px-1.5 pb-1 text-ink-faint text-xs">{server.name}</h2>
      <ul>
        {roomsFor(role, serverRooms).map((room) => {
          const href = pathOfServerRoom(server.slug, room.path);
          return <RoomLink key={room.path} room={room} href={href} isHere={pathname === href} />;
        })}
      </ul>
    </section>
  );
}

function HouseRooms({ role, openAlerts }: { role: UserRole; openAlerts: number }) {
  const here = houseRoomOf(usePathname());
  return (
    <section>
      <h2 className="px-1.5 pb-1 text-ink-faint text-xs">All servers</h2>
      <ul>
        {roomsFor(role, houseRooms).map((room) => (
          <RoomLink
            key={room.path}
            room={room}
            href={room.path}
            isHere={room === here}
            badge={room.path === '/alerts' ? openAlerts : 0}
          />
        ))}
      </ul>
    </section>
  );
}

type RoomLinkProps = { room: Room; href: string; isHere: boolean; badge?: number };

function RoomLink({ room, href, isHere, badge = 0 }: RoomLinkProps) {
  return (
    <li>
      <Link
        href={href}
        aria-current={isHere ? 'page' : undefined}
        className="flex h-7 items-center gap-2 rounded-md px-1.5 text-ink-soft hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink"
      >
        <room.icon aria-hidden className="size-4 shrink-0 stroke-[1.75]" />
        {room.label}
        {badge === 0 ? null : (
          <Badge tone="danger" className="ml-auto">
            {badge}
            <span className="sr-only"> open</span>
          </Badge>
        )}
      </Link>
    </li>
  );
}
