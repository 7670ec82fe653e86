import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { env } from './env';
import { readBackupContents } from './run-restore-archive';
import { findBackup } from './store/backups';
import { askDatabase, restoreBackup, takeBackup, verifyBackup } from './testing/backups';
import { actorOf, type Fixture, openFixture, useDataFolder } from './testing/fixture';
import { summary } from './testing/jobs';

let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;
let identity: string;
const restored = 'bk_decrypted';

beforeAll(async () => {
  data = await useDataFolder();
  identity = await generateIdentity();
  // biome-ignore lint/style/noProcessEnv: the environment of the code under test
  Object.assign(process.env, {
    HOWDAH_BACKUP_RECIPIENTS: await identityToRecipient(identity),
    HOWDAH_BACKUP_IDENTITIES: identity,
  });
  fixture = await openFixture(`create table t (id int primary key, v text);
    insert into t select g, 'plain words ' || g from generate_series(1, 50000) g; create index on t (v);
    create table u (id int references t); insert into u select g from generate_series(1, 500) g`);
});
afterAll(async () => {
  await fixture.onTarget.query(`drop database if exists ${restored} with (force)`);
  await fixture.close();
  await data.remove();
});

const fileOf = (id: string) => path.join(data.folder, 'backups', `${id}.dump`);

const take = (format: 'custom' | 'plain' = 'custom') => takeBackup(fixture, { format, encrypt: undefined });

describe('where recipients are configured a backup', () => {
  test.each(['custom', 'plain'] as const)(
    '(%s) is encrypted, proven, and holds no plain word',
    async (format) => {
      const id = await take(format);
      const bytes = await readFile(fileOf(id));
      expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
      expect(bytes.includes('CREATE TABLE')).toBe(false);
      expect((await findBackup(await actorOf('admin'), id)).encrypt).toBe(true);
      expect(summary(await verifyBackup(id))).toBe('succeeded');
    },
  );

  test('restores, and shows what it holds', async () => {
    const id = await take();
    const entries = await readBackupContents(await actorOf('admin'), id);
    expect(entries.some(({ text }) => text.startsWith('TABLE DATA public t '))).toBe(true);
    expect(summary(await restoreBackup(id, { database: restored }))).toBe('succeeded');
    expect((await askDatabase(restored, 'select from t')).rowCount).toBe(50000);
  });

  test('is not called verified with a wrong key, with none, or when it was changed', async () => {
    const id = await take();
    env().HOWDAH_BACKUP_IDENTITIES = await generateIdentity();
    expect(summary(await verifyBackup(id))).toMatch(/^failed: .*no key that opens it/);
    env().HOWDAH_BACKUP_IDENTITIES = undefined;
    expect(summary(await verifyBackup(id))).toMatch(/^failed: .*no key that opens it/);
    env().HOWDAH_BACKUP_IDENTITIES = identity;
    expect((await findBackup(await actorOf('admin'), id)).verified_at).toBeNull();
    const bytes = await readFile(fileOf(id));
    for (const damaged of [bytes.subarray(0, bytes.length - 30_000), flipped(bytes)]) {
      await writeFile(fileOf(id), damaged);
      await fixture.onStore.query('update backups set sha256 = $2, size_bytes = $3 where id = $1', [
        id,
        createHash('sha256').update(damaged).digest('hex'),
        damaged.length,
      ]);
      expect(summary(await verifyBackup(id))).toMatch(/^failed: /);
      expect((await findBackup(await actorOf('admin'), id)).verified_at).toBeNull();
    }
  });
});

function flipped(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[bytes.length >> 1] = (changed[bytes.length >> 1] ?? 0) ^ 4;
  return changed;
}
