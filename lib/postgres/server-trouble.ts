/**
 * Whether PostgreSQL says by a SQLSTATE that it can't go on, whatever it was asked: the connection (08), its resources (53),
 * whoever runs it (57P) or its machine (58).
 */
export function isServerTrouble(sqlstate: string | undefined): boolean {
  return /^(08|53|57P|58)/.test(sqlstate ?? '');
}

/** The same told by the words of a client tool, which has no SQLSTATE to show: libpq's own, and the server's where English. */
export function readsAsServerTrouble(words: string): boolean {
  return troubles.test(words);
}

const troubles = new RegExp(
  [
    'server closed the connection unexpectedly',
    'connection to server .* failed',
    'connection to server was lost',
    'could not (receive data from|send data to) server',
    'no connection to the server',
    'terminating connection',
    'the database system is',
    'No space left on device',
    'Disk quota exceeded',
    'could not (extend|write|fsync|create) file',
    'remaining connection slots',
    'too many clients',
  ].join('|'),
);
