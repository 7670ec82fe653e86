import { backendSignal } from '@/lib/operations-schema';
import { route } from '@/lib/route';
import { endBackend } from '@/lib/run-activity';

/** Cancels what a backend does, its own or, for an owner, another's; 409 when it is gone. */
export const POST = route('cancel-query', backendSignal, (actor, { server, ...signal }) =>
  endBackend(actor, server, { ...signal, action: 'cancel' }),
);
