import { databasePlace } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { readDatabaseHealth } from '@/lib/run-database-health';

/** How a database does; a check that could not be made says why. */
export const GET = route('read-activity', databasePlace, readDatabaseHealth);
