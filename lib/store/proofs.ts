import 'server-only';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { sql } from 'kysely';
import type { BackupProof } from '../job-types';
import type { Manifest } from '../manifest';
import { store } from './db';

/** How manifests are taken now. What an older one says of objects and sums was read in other ways. */
const version = 2;

/** Keeps what a database held when it was backed up, in the place of what was kept before: its sums come later. */
export async function putManifest(backupId: string, manifest: Manifest, hasSums: boolean): Promise<void> {
  const content = await promisify(gzip)(JSON.stringify(manifest));
  const kept = { content, has_sums: hasSums, version };
  await store()
    .insertInto('backup_manifests')
    .values({ backup_id: backupId, ...kept })
    .onConflict((conflict) => conflict.column('backup_id').doUpdateSet(kept))
    .execute();
}

/** What a backup's database held, as far as it can be compared; null where that was not taken down. */
export async function loadManifest(
  backupId: string,
): Promise<{ manifest: Manifest; hasSums: boolean } | null> {
  const row = await store()
    .selectFrom('backup_manifests')
    .select(['content', 'has_sums', 'version'])
    .where('backup_id', '=', backupId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const text = (await promisify(gunzip)(row.content)).toString();
  const manifest = JSON.parse(text) as Manifest;
  if (row.version === version) return { manifest, hasSums: row.has_sums };
  const tables = manifest.tables.map((table) => ({ ...table, sum: null }));
  return { manifest: { ...manifest, objects: null, sequences: [], tables }, hasSums: false };
}

/** Records that a restore has proven a backup, and what it has compared. */
export async function recordProof(backupId: string, proof: BackupProof): Promise<void> {
  await store()
    .updateTable('backups')
    .set({
      proof: JSON.stringify(proof),
      verified_at: sql<Date>`now()`,
      disproof: null,
      disproved_at: null,
    })
    .where('id', '=', backupId)
    .execute();
}

/** Records what a restore found wrong with a backup: what an earlier one had proven counts no more. */
export async function recordDisproof(backupId: string, disproof: string): Promise<void> {
  await store()
    .updateTable('backups')
    .set({ disproof, disproved_at: sql<Date>`now()`, verified_at: null, proof: null })
    .where('id', '=', backupId)
    .execute();
}
