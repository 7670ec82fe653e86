import { z } from 'zod';
import { databasePlace } from '@/lib/browse-schema';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/route';
import { takeExport } from '@/lib/run-export-ticket';
import { download } from '../download';

/**
 * The rows of a ticket as a download: what the form of a page asks for, so that the browser saves them by itself. What goes
 * wrong is answered by nothing, since a browser would show an answer in the place of the page; GET /queries/{id} tells it.
 */
export const POST = route(
  'export',
  databasePlace.extend({ ticket: z.string() }),
  async (actor, { ticket }, signal) => {
    try {
      return download(await takeExport(actor, ticket, signal));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return new Response(null, { status: 204 });
    }
  },
);
