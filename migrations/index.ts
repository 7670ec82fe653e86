import type { Migration } from 'kysely';
import * as accounts from './0001_accounts';
import * as servers from './0002_servers';
import * as history from './0003_history';
import * as jobs from './0004_jobs';
import * as backups from './0005_backups';
import * as wall from './0006_wall';
import * as users from './0007_users';
import * as audit from './0008_audit';
import * as operations from './0009_operations';
import * as provenBackups from './0011_proven_backups';
import * as wholeBackups from './0013_whole_backups';
import * as columnLayouts from './0015_column_layouts';
import * as runCancels from './0017_run_cancels';
import * as backupPlaces from './0018_backup_places';
import * as deletedBackups from './0019_deleted_backups';

/** The store's migrations in order. A static map, so that they are bundled into the build. */
export const migrations: Record<string, Migration> = {
  '0001_accounts': accounts,
  '0002_servers': servers,
  '0003_history': history,
  '0004_jobs': jobs,
  '0005_backups': backups,
  '0006_wall': wall,
  '0007_users': users,
  '0008_audit': audit,
  '0009_operations': operations,
  '0011_proven_backups': provenBackups,
  '0013_whole_backups': wholeBackups,
  '0015_column_layouts': columnLayouts,
  '0017_run_cancels': runCancels,
  '0018_backup_places': backupPlaces,
  '0019_deleted_backups': deletedBackups,
};
