import 'server-only';
import { audited } from './audited';
import { AppError } from './errors';
import type { BackupEntry } from './job-types';
import { isRemovable, type Kept, removeBackup } from './jobs/backup-places';
import { openTarget } from './postgres/target';
import { requireWhole } from './run-backup';
import type { Actor } from './server';
import { findBackup } from './store/backups';
import { listGoodBackups, markDeleted, markRemoved, undoDeleted } from './store/kept-backups';
import { findServer } from './store/servers';

/** `confirm` is the name of the backup's database; `isLastToo` says that its only good or only proven copy may go. */
export type Deletion = { confirm: string; isLastToo: boolean };

/**
 * Deletes the file of a backup; its row stays, and says who did it. Throws AppError: `forbidden` below the owner level,
 * `invalid` for a wrong confirmation, `conflict` for one that has no file, that a job works with, that another instance
 * keeps, or that is the last of its kind where that was not said.
 */
export async function deleteBackup(
  actor: Actor,
  id: string,
  { confirm, isLastToo }: Deletion,
): Promise<void> {
  const backup = await findBackup(actor, id);
  const server = await findServer(actor, backup.server);
  openTarget(actor, server, backup.database, 'owner');
  requireWhole(backup);
  requireConfirmed(backup, confirm);
  await requireRemovable(backup);
  if (!isLastToo) await requireAnother(backup, server.id);
  const subject = { kind: 'backup', name: id };
  const event = { action: 'backup.delete', subject, server: server.slug, database: backup.database } as const;
  await audited(actor, { ...event, detail: { last: isLastToo } }, () => remove(backup, actor.username));
}

function requireConfirmed({ database }: BackupEntry, confirm: string): void {
  if (confirm === database) return;
  throw new AppError('invalid', 'Deleting a backup must be confirmed by the name of its database.', {
    hint: `Send confirm=${database}.`,
  });
}

async function requireRemovable(backup: Kept): Promise<void> {
  if (await isRemovable(backup)) return;
  throw new AppError('conflict', 'The file of this backup is kept where this Howdah does not reach it.', {
    hint: 'Delete it on the instance that took it, or set up the object store that it lies in.',
  });
}

async function requireAnother({ id, database }: BackupEntry, serverId: string): Promise<void> {
  const good = await listGoodBackups({ server_id: serverId, database });
  const own = good.find((each) => each.id === id);
  if (own === undefined) return;
  const others = good.filter((each) => each.id !== id);
  if (others.length === 0) throw isLast('good', database);
  if (own.isProven && !others.some(({ isProven }) => isProven)) throw isLast('proven', database);
}

function isLast(kind: 'good' | 'proven', database: string): AppError {
  return new AppError('conflict', `This is the only ${kind} backup of ${database}.`, {
    hint: `Take another${kind === 'proven' ? ' and verify it' : ''} first, or say that this one may go all the same (last=true).`,
  });
}

/** First nobody begins anything with it any more, then it goes. Where that fails, it is there as before. */
async function remove(backup: Kept, username: string): Promise<void> {
  if (!(await markDeleted(backup.id, username))) {
    throw new AppError('conflict', 'A job works with this backup now.', {
      hint: 'Wait for its end, or cancel it.',
    });
  }
  try {
    await removeBackup(backup);
  } catch (error) {
    await undoDeleted(backup.id);
    throw error;
  }
  await markRemoved(backup.id);
}
