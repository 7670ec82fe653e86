import type { BackupProblem, BackupState } from './job-types';

/** How old the last proof may be, and how long after its time a scheduled backup may be there, in milliseconds. */
const proofMs = 7 * 86_400_000;
const lateMs = 3_600_000;

/**
 * What is wrong with the backups of a database, the worst first: there is none, the last try failed, a scheduled one did
 * not come, or none was proven within a week.
 */
export function problemsOf(state: Omit<BackupState, 'problems'>, now: Date): BackupProblem[] {
  const { last, attempt, proven_at, disproof, next_at, missed_at } = state;
  const problems: BackupProblem[] = [];
  if (last === null) problems.push('missing');
  if (attempt !== null && isBad(attempt.status) && (last === null || attempt.at > last.at))
    problems.push('failed');
  const isMissed = missed_at !== null && (last === null || missed_at > last.at);
  const isOverdue = next_at !== null && now.getTime() - Date.parse(next_at) > lateMs;
  if (isMissed || isOverdue) problems.push('late');
  const isProven = proven_at !== null && now.getTime() - Date.parse(proven_at) <= proofMs;
  if (last !== null && (disproof !== null || !isProven)) problems.push('unproven');
  return problems;
}

/**
 * Whether a problem is one to tell somebody of. What was never scheduled can only fail; a new schedule is given the time
 * to take its first backup, and to prove one.
 */
export function isAlarming(kind: BackupProblem, state: Omit<BackupState, 'problems'>, now: Date): boolean {
  if (kind === 'failed') return true;
  if (state.first_due_at === null) return false;
  const dueMs = now.getTime() - Date.parse(state.first_due_at);
  if (kind === 'missing') return dueMs > lateMs;
  if (kind === 'unproven') return state.disproof !== null || dueMs > proofMs;
  return true;
}

function isBad(status: string): boolean {
  return status === 'failed' || status === 'interrupted';
}
