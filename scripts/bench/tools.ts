import { AppError } from '@/lib/errors';
import { findClientTools } from '@/lib/postgres/client-tools';
import { type ClientTools, chooseTools } from '@/lib/postgres/client-version';
import { errorLine } from '@/lib/query-event';
import { defaultMajor } from '../embedded/majors';

/** The client tools that Howdah itself chooses for this server; without them it says that `what` is not measured. */
export async function findTools(what: string): Promise<ClientTools | null> {
  try {
    return chooseTools(await findClientTools(), defaultMajor);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.log(`\n${what} is not measured. ${errorLine(error)}`);
    return null;
  }
}
