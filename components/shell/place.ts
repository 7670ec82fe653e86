import { decodeName, encodeName } from '@/lib/names';
import { databaseRooms, houseRooms } from './rooms';

/** Where one is: a server, perhaps one of its databases. */
export type Place = { server: string; database: string | null };

/** One part of the breadcrumb; `isName` parts are names as PostgreSQL stores them and are copied. */
export type Crumb = { label: string; href?: string; isName?: boolean };

/** The room's path under a database. */
export function pathOfRoom(server: string, database: string, room: string): string {
  return `/s/${encodeName(server)}/${encodeName(database)}/${room}`;
}

/** The server and database that a path names; null on pages across all servers. */
export function placeOf(pathname: string): Place | null {
  const [root, server, database] = segmentsOf(pathname);
  if (root !== 's' || !server) return null;
  const name = decode(database ?? '');
  return { server: decode(server), database: name === '' ? null : name };
}

/** The part of the path after the database, up to the next slash: the room. */
export function roomOf(pathname: string): string | null {
  const [root, , , room] = segmentsOf(pathname);
  return root === 's' && room ? room : null;
}

/** Server / database / thing, or the room across all servers and what is open in it. */
export function crumbsOf(pathname: string): Crumb[] {
  const place = placeOf(pathname);
  return place ? placeCrumbs(place, segmentsOf(pathname).slice(3)) : houseCrumbs(pathname);
}

function placeCrumbs({ server, database }: Place, [room, ...rest]: string[]): Crumb[] {
  const crumbs: Crumb[] = [{ label: server, href: '/', isName: true }];
  if (!database) return crumbs;
  const first = databaseRooms[0];
  crumbs.push({ label: database, isName: true, href: first && pathOfRoom(server, database, first.path) });
  if (!room) return crumbs;
  const known = databaseRooms.find((item) => item.path === room);
  if (known || rest.length === 0) {
    crumbs.push({ label: known?.label ?? room, href: pathOfRoom(server, database, room) });
  }
  if (rest.length > 0) crumbs.push({ label: rest.map(decode).join('.'), isName: true });
  return crumbs;
}

function houseCrumbs(pathname: string): Crumb[] {
  const room = houseRooms.find((item) => pathname === item.path || pathname.startsWith(`${item.path}/`));
  if (!room) return [{ label: 'Servers', href: '/' }];
  const rest = segmentsOf(pathname.slice(room.path.length));
  const crumbs: Crumb[] = [{ label: room.label, href: room.path }];
  if (rest.length > 0) crumbs.push({ label: rest.map(decode).join('/'), isName: true });
  return crumbs;
}

function segmentsOf(pathname: string): string[] {
  return pathname.split('/').filter((segment) => segment !== '');
}

function decode(segment: string): string {
  try {
    return decodeName(segment);
  } catch {
    return segment;
  }
}
