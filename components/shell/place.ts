import { decodeName, encodeName } from '@/lib/names';
import { settingsRoomOf } from '../settings/settings-rooms';
import { databaseRooms, houseRooms, serverRooms } from './rooms';

/** Where one is: a server, perhaps one of its databases. */
export type Place = { server: string; database: string | null };

/** A database of a server: the slug and the name as PostgreSQL stores it. */
export type DatabasePlace = { server: string; database: string };

/** One part of the breadcrumb; `isName` parts are names as PostgreSQL stores them and are copied. */
export type Crumb = { label: string; href?: string; isName?: boolean };

/** The room's path under a database. */
export function pathOfRoom(server: string, database: string, room: string): string {
  const base = `/s/${encodeName(server)}/${encodeName(database)}`;
  return room === '' ? base : `${base}/${room}`;
}

/** A relation's rows, or another page of it. */
export function pathOfRelation(
  { server, database }: DatabasePlace,
  { schema, name }: { schema: string; name: string },
  tab?: 'structure',
): string {
  const path = pathOfRoom(server, database, `r/${encodeName(schema)}/${encodeName(name)}`);
  return tab ? `${path}/${tab}` : path;
}

/** The server and database that a path names; null on pages across all servers. */
export function placeOf(pathname: string): Place | null {
  const [root, server, database] = segmentsOf(pathname);
  if (root !== 's' || !server) return null;
  const name = serverRoomOf(pathname) ? '' : nameOf(database ?? '');
  return { server: nameOf(server), database: name === '' ? null : name };
}

/** The page of all of a server's databases that a path shows, if it shows one. */
function serverRoomOf(pathname: string): (typeof serverRooms)[number] | undefined {
  const [root, , segment, ...rest] = segmentsOf(pathname);
  return root === 's' && rest.length === 0 ? serverRooms.find(({ path }) => path === segment) : undefined;
}

/** The path of a page of all of a server's databases. */
export function pathOfServerRoom(server: string, room: string): string {
  return `/s/${encodeName(server)}/${room}`;
}

/** The relation that a path shows, if it shows one. */
export function relationOf(pathname: string): { schema: string; name: string } | null {
  const [root, , , room, schema, name] = segmentsOf(pathname);
  return root === 's' && room === 'r' && schema && name
    ? { schema: nameOf(schema), name: nameOf(name) }
    : null;
}

/** The room of a database that a path belongs to: the segment after the database, or the room that holds it. */
export function roomOf(pathname: string): string | null {
  const [root, , , segment] = segmentsOf(pathname);
  if (root !== 's' || !segment) return null;
  return databaseRooms.find(({ holds }) => holds?.includes(segment))?.path ?? segment;
}

/** Server / database / thing, or the room across all servers and what is open in it. */
export function crumbsOf(pathname: string): Crumb[] {
  const place = placeOf(pathname);
  return place ? placeCrumbs(place, pathname) : houseCrumbs(pathname);
}

function placeCrumbs({ server, database }: Place, pathname: string): Crumb[] {
  const crumbs: Crumb[] = [{ label: server, href: `/s/${encodeName(server)}`, isName: true }];
  const room = serverRoomOf(pathname);
  if (room) return [...crumbs, { label: room.label, href: pathname }];
  if (!database) return crumbs;
  crumbs.push({ label: database, isName: true, href: pathOfRoom(server, database, '') });
  const relation = relationOf(pathname);
  if (!relation) return [...crumbs, ...roomCrumbs({ server, database }, segmentsOf(pathname).slice(3))];
  const href = pathOfRelation({ server, database }, relation);
  crumbs.push({ label: `${relation.schema}.${relation.name}`, isName: true, href });
  const tab = segmentsOf(pathname)[6];
  return tab ? [...crumbs, { label: capitalise(nameOf(tab)) }] : crumbs;
}

function roomCrumbs({ server, database }: DatabasePlace, [room, ...rest]: string[]): Crumb[] {
  if (!room) return [];
  if (room === 'objects' && rest[0]) return [{ label: capitalise(nameOf(rest[0]).replaceAll('-', ' ')) }];
  const crumbs: Crumb[] = [];
  const known = databaseRooms.find((item) => item.path === room);
  if (known || rest.length === 0) {
    crumbs.push({ label: known?.label ?? room, href: pathOfRoom(server, database, room) });
  }
  if (rest.length > 0) crumbs.push({ label: rest.map(nameOf).join('.'), isName: true });
  return crumbs;
}

function houseCrumbs(pathname: string): Crumb[] {
  const room = houseRoomOf(pathname);
  if (!room) return [{ label: 'Servers', href: '/' }];
  const settings = settingsRoomOf(pathname);
  if (settings) {
    return [
      { label: 'Settings', href: '/settings' },
      { label: settings.label, href: settings.path },
    ];
  }
  const rest = segmentsOf(pathname.slice(room.path.length));
  const crumbs: Crumb[] = [{ label: room.label, href: room.path }];
  if (rest.length > 0) crumbs.push({ label: rest.map(nameOf).join('/'), isName: true });
  return crumbs;
}

/** The room across all servers that a path belongs to. */
export function houseRoomOf(pathname: string): (typeof houseRooms)[number] | undefined {
  return houseRooms.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
}

function segmentsOf(pathname: string): string[] {
  return pathname.split('/').filter((segment) => segment !== '');
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The name that a segment of a path holds; one with a broken escape is taken as it is. */
export function nameOf(segment: string): string {
  try {
    return decodeName(segment);
  } catch {
    return segment;
  }
}
