import 'server-only';
import { sql } from 'kysely';
import type { Level } from '../api-types';
import { store } from './db';
import { staleAfterSeconds } from './instances';
import { decryptSecret, encryptSecret, isUnder } from './secrets';

const levels = ['owner', 'write', 'read'] as const satisfies readonly Level[];

/** The hosts whose Howdah lives, by its heartbeat: under the old secret they would go on writing. */
export async function listLivingHosts(): Promise<string[]> {
  const rows = await store()
    .selectFrom('instances')
    .select('hostname')
    .where('stopped_at', 'is', null)
    .where('heartbeat_at', '>', sql<Date>`now() - make_interval(secs => ${sql.lit(staleAfterSeconds)})`)
    .execute();
  return [...new Set(rows.map(({ hostname }) => hostname))];
}

/**
 * Encrypts every credential of the store anew, in one transaction: all of them, or none. Those that are under the new
 * secret already stay. Answers how many were changed. Throws AppError where one is under neither secret.
 */
export async function rotateCredentials(oldSecret: string): Promise<number> {
  return store()
    .transaction()
    .execute(async (db) => {
      let changed = 0;
      for (const row of await db.selectFrom('servers').selectAll().forUpdate().execute()) {
        const fresh: { [column: string]: string } = {};
        for (const level of levels) {
          const sealed = row[`${level}_secret`];
          if (sealed === null || isUnder(sealed)) continue;
          const place = `${row.id}:${level}`;
          fresh[`${level}_secret`] = encryptSecret(decryptSecret(sealed, place, oldSecret), place);
          changed += 1;
        }
        if (Object.keys(fresh).length > 0) {
          await db.updateTable('servers').set(fresh).where('id', '=', row.id).execute();
        }
      }
      return changed;
    });
}
