import { databasePlace } from '@/lib/browse-schema';
import { route } from '@/lib/route';
import { chooseDatabase } from '@/lib/run-choose';
import { choiceBody } from '@/lib/wall-schema';

/** Chooses the schemas and masks of a database, and brings its grants to them. */
export const PUT = route(
  'manage-servers',
  databasePlace.extend(choiceBody.shape),
  (actor, { server, ...choice }) => chooseDatabase(actor, server, choice),
);
