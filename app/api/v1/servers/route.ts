import { z } from 'zod';
import { route } from '@/lib/route';
import { addServer } from '@/lib/run-choose';
import { summariseServers } from '@/lib/run-health';
import { enrolBody } from '@/lib/wall-schema';

export const GET = route('browse', z.object({}), async (actor) => ({
  items: await summariseServers(actor),
  next: null,
}));

/** Enrols a server. */
export const POST = route('manage-servers', enrolBody, async (actor, body) => {
  const { url, read_url, write_url, tls_ca, databases, ...server } = body;
  const access = url === undefined ? { readUrl: read_url ?? '', writeUrl: write_url } : { url };
  const { levels, problems } = await addServer(actor, {
    ...server,
    ...access,
    ca: tls_ca,
    choices: databases,
  });
  return { slug: server.slug, levels, problems };
});
