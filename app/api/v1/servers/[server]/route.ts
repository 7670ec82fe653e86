import { z } from 'zod';
import { route } from '@/lib/route';
import { changeServer, readServerSettings, removeServer } from '@/lib/run-servers';
import { serverChange } from '@/lib/wall-schema';

const place = z.object({ server: z.string() });

/** The settings of a server; its passwords are never among them. */
export const GET = route('manage-servers', place, (actor, { server }) => readServerSettings(actor, server));

/** Changes a server. A new URL is enrolled like a new server, with what was chosen. */
export const PATCH = route('manage-servers', serverChange, (actor, { server, change }) =>
  changeServer(actor, server, change),
);

const removal = place.extend({ confirm: z.string(), drop_roles: z.stringbool().default(false) });

/** Removes a server; its history, jobs and backups stay. `confirm` is its slug. */
export const DELETE = route('manage-servers', removal, (actor, { server, confirm, drop_roles }) =>
  removeServer(actor, server, { confirm, dropsRoles: drop_roles }),
);
