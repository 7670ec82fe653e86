import type { Method, Operation, Operations } from '@/lib/openapi';
import { handlers } from './handlers';

/** Each method that a handler exports, with what its door knows about it. */
export function operations(): Operations {
  const all = Object.fromEntries(
    Object.entries(handlers).map(([path, module]) => [
      path,
      Object.fromEntries(
        Object.entries(module).map(([method, door]) => [method as Method, operationOf(door)]),
      ),
    ]),
  );
  return { ...all, '/api/v1/openapi.json': { GET: { permission: 'browse', schema: null } } };
}

function operationOf(door: Partial<Operation>): Operation {
  return { permission: door.permission ?? null, schema: door.schema ?? null };
}
