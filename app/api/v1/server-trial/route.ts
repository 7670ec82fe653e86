import { z } from 'zod';
import { route } from '@/lib/route';
import { tryServer } from '@/lib/run-servers';
import { certificate } from '@/lib/wall-schema';

const schema = z.object({ url: z.string().min(1).max(2000), tls_ca: certificate });

/** Tries a connection that is not stored, and says what is wrong with it; nothing of what else answers there. */
export const POST = route('manage-servers', schema, (actor, { url, tls_ca }) =>
  tryServer(actor, url, tls_ca),
);
