import { objectFilter } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { listDatabaseSequences } from '@/lib/run-relations';

export const GET = route('browse', objectFilter, (actor, filter) =>
  listDatabaseSequences(actor, filter, filter),
);
