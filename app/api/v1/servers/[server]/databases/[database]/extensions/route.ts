import { databasePlace } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { listDatabaseExtensions } from '@/lib/run-relations';

export const GET = route('browse', databasePlace, async (actor, place) => ({
  items: await listDatabaseExtensions(actor, place),
  next: null,
}));
