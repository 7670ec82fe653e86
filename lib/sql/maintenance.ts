import { quoteIdentifier } from './literal';

/** A table or materialized view, or an index. */
export type MaintenanceSubject = { schema: string; name: string; kind: 'relation' | 'index' };

/** What is to be done, with the options that PostgreSQL knows for it. */
export type MaintenanceAction =
  | { action: 'vacuum'; full: boolean; analyze: boolean; freeze: boolean; parallel: number | null }
  | { action: 'analyze' }
  | { action: 'reindex'; concurrently: boolean }
  | { action: 'drop_index' };

export type Maintenance = MaintenanceSubject & MaintenanceAction;

/** The statement, complete: it runs outside a transaction, and tells what it does. Throws RangeError on a name that cannot be. */
export function maintenanceSql(work: Maintenance): string {
  const name = `${quoteIdentifier(work.schema)}.${quoteIdentifier(work.name)}`;
  switch (work.action) {
    case 'vacuum':
      return `vacuum (${vacuumOptions(work).join(', ')}) ${name}`;
    case 'analyze':
      return `analyze (verbose) ${name}`;
    case 'reindex': {
      const options = work.concurrently ? 'verbose, concurrently' : 'verbose';
      return `reindex (${options}) ${work.kind === 'index' ? 'index' : 'table'} ${name}`;
    }
    case 'drop_index':
      return `drop index concurrently ${name}`;
    default:
      return work satisfies never;
  }
}

function vacuumOptions({
  full,
  analyze,
  freeze,
  parallel,
}: Extract<MaintenanceAction, { action: 'vacuum' }>) {
  return [
    'verbose',
    ...(full ? ['full'] : []),
    ...(analyze ? ['analyze'] : []),
    ...(freeze ? ['freeze'] : []),
    ...(parallel === null ? [] : [`parallel ${Math.trunc(parallel)}`]),
  ];
}

export type MaintenanceLock = {
  /** The strongest lock that it takes on the table, as PostgreSQL calls it. */
  mode: 'ACCESS EXCLUSIVE' | 'SHARE UPDATE EXCLUSIVE';
  /** Who has to wait meanwhile. */
  effect: string;
};

/** What a piece of maintenance locks, and whom that stops. */
export function maintenanceLock(work: MaintenanceAction): MaintenanceLock {
  const gentle = work.action === 'reindex' ? work.concurrently : !(work.action === 'vacuum' && work.full);
  if (gentle) {
    return {
      mode: 'SHARE UPDATE EXCLUSIVE',
      effect: 'Reading and writing go on. Other maintenance and changes of the definition wait.',
    };
  }
  return {
    mode: 'ACCESS EXCLUSIVE',
    effect:
      work.action === 'vacuum'
        ? 'Nobody reads or writes the table until it is done. It needs free disk space of the size of the table.'
        : 'Nobody writes the table until it is done, and whoever plans a query on it waits for its indexes.',
  };
}

/** The modes of pg_locks that keep a lock from being taken. */
export function conflictingModes(mode: MaintenanceLock['mode']): string[] {
  const strong = [
    'ShareUpdateExclusiveLock',
    'ShareLock',
    'ShareRowExclusiveLock',
    'ExclusiveLock',
    'AccessExclusiveLock',
  ];
  return mode === 'SHARE UPDATE EXCLUSIVE'
    ? strong
    : ['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', ...strong];
}
