import { relationPlace } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { describeDatabaseRelation } from '@/lib/run-relations';

export const GET = route('browse', relationPlace, (actor, place) => describeDatabaseRelation(actor, place));
