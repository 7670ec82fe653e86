import { objectFilter } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { listDatabaseTypes } from '@/lib/run-relations';

export const GET = route('browse', objectFilter, (actor, filter) => listDatabaseTypes(actor, filter, filter));
