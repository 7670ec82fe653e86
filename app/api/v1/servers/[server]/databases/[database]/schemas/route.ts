import { databasePlace } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { listDatabaseSchemas } from '@/lib/run-relations';

export const GET = route('browse', databasePlace, async (actor, place) => ({
  items: await listDatabaseSchemas(actor, place),
  next: null,
}));
