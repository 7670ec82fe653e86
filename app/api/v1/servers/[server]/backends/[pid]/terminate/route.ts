import { backendSignal } from '@/lib/operations-schema';
import { route } from '@/lib/route';
import { endBackend } from '@/lib/run-activity';

/** Ends a backend; 409 when it is gone. */
export const POST = route('signal-backends', backendSignal, (actor, { server, ...signal }) =>
  endBackend(actor, server, { ...signal, action: 'terminate' }),
);
