import { routineFilter } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { listDatabaseRoutines } from '@/lib/run-relations';

export const GET = route('browse', routineFilter, (actor, filter) =>
  listDatabaseRoutines(actor, filter, filter),
);
