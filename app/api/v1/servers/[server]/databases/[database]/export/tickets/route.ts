import { exportTicket } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { prepareExport } from '@/lib/run-export-ticket';

/** A ticket for one export, good for a minute and for whoever asks; `id` is what its run will be called. */
export const POST = route('export', exportTicket, prepareExport);
