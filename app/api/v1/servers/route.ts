import { z } from 'zod';
import { followedResponse } from '@/lib/followed';
import { route } from '@/lib/route';
import { addServer } from '@/lib/run-choose';
import { summariseServers } from '@/lib/run-health';
import { enrolBody } from '@/lib/wall-schema';
import type { EnrolProgress } from '@/lib/wall-types';

export const GET = route('browse', z.object({}), async (actor) => ({
  items: await summariseServers(actor),
  next: null,
}));

/** Enrols a server; with `follow` it tells each step as it is taken. */
export const POST = route('manage-servers', enrolBody, async (actor, body) => {
  const { url, read_url, write_url, tls_ca, databases, follow, ...server } = body;
  const access = url === undefined ? { readUrl: read_url ?? '', writeUrl: write_url } : { url };
  const asked = { ...server, ...access, ca: tls_ca, choices: databases };
  const enrol = async (tell?: (progress: EnrolProgress) => void) => {
    const { levels, problems } = await addServer(actor, asked, tell);
    return { slug: server.slug, levels, problems };
  };
  return follow ? followedResponse(enrol) : enrol();
});
