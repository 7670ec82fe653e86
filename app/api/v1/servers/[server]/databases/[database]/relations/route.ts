import { relationFilter } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { listDatabaseRelations } from '@/lib/run-relations';

export const GET = route('browse', relationFilter, (actor, { kind, ...filter }) =>
  listDatabaseRelations(actor, filter, { ...filter, kinds: kind }),
);
