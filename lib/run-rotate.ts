import 'server-only';
import { audited, systemDoer } from './audited';
import { env } from './env';
import { AppError } from './errors';
import { openStore } from './run-store';
import { storePool } from './store/db';
import { listLivingHosts, rotateCredentials } from './store/rotate-credentials';
import { openSealer } from './store/sealer';

/**
 * Puts HOWDAH_SECRET in place of HOWDAH_OLD_SECRET: every credential is encrypted anew in one transaction, and the first
 * seal under the new secret is endorsed by the old one, so that all seals before it stay verifiable. Answers how many
 * credentials were changed; again it changes none. Throws AppError: `invalid` without both secrets, `conflict` while an
 * instance lives.
 */
export async function rotateSecret(): Promise<number> {
  const { HOWDAH_OLD_SECRET: oldSecret } = env();
  if (oldSecret === undefined) {
    throw new AppError('invalid', 'HOWDAH_OLD_SECRET is not set.', {
      hint: 'Set HOWDAH_SECRET to the new secret, and HOWDAH_OLD_SECRET to the one that the store was kept with.',
    });
  }
  await openStore();
  const living = await listLivingHosts();
  if (living.length > 0) {
    throw new AppError('conflict', `Howdah runs on this store, on ${living.join(', ')}.`, {
      hint: 'Stop every instance first; one that was killed counts as gone after 20 seconds.',
    });
  }
  const event = { action: 'settings.change', subject: { kind: 'store', name: 'HOWDAH_SECRET' } } as const;
  const changed = await audited(systemDoer('console'), event, async (note) => {
    const count = await rotateCredentials(oldSecret);
    note({ encrypted_again: count });
    return count;
  });
  await sealAll();
  return changed;
}

/** Seals what is left to seal, the record of the change among it. */
async function sealAll(): Promise<void> {
  const client = await storePool().connect();
  try {
    await client.query(
      "select pg_catalog.pg_advisory_lock(pg_catalog.hashtextextended('howdah.sealer', 0)), pg_catalog.set_config('statement_timeout', '0', false)",
    );
    const sealer = await openSealer(client);
    while ((await sealer.pass()) > 0);
  } finally {
    client.release(true);
  }
}
