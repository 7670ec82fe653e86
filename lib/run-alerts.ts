import 'server-only';
import { isAlarming, problemsOf } from './backup-state';
import { env } from './env';
import { errorText } from './errors';
import type { BackupProblem, BackupState } from './job-types';
import { sendAlertMail } from './run-alert-mail';
import { postWebhook } from './run-alert-webhook';
import { claimUntold, recordTold, settleAlerts } from './store/alerts';
import { listBackupFacts } from './store/backup-states';

/** Raises what is wrong with the backups of all databases, and tells it where the environment says. */
export async function watchBackups(): Promise<void> {
  const now = new Date();
  const facts = await listBackupFacts(null);
  await settleAlerts(facts.flatMap((state) => alertsOf(state, now)));
  await tellAlerts();
}

function alertsOf(state: Omit<BackupState, 'problems'>, now: Date) {
  const { server, database } = state;
  return problemsOf(state, now)
    .filter((kind) => isAlarming(kind, state, now))
    .map((kind) => ({ kind, server, database, message: messageOf(kind, state) }));
}

function messageOf(kind: BackupProblem, state: Omit<BackupState, 'problems'>): string {
  switch (kind) {
    case 'missing':
      return 'It has a schedule, and no good backup.';
    case 'failed':
      return state.attempt?.message ?? 'The last backup failed.';
    case 'late':
      return `A backup was not taken at its time${state.missed_at === null ? '' : `, ${state.missed_at}`}.`;
    case 'unproven':
      return state.disproof ?? 'No restore has proven a backup of it within a week.';
    default:
      return kind satisfies never;
  }
}

/** Tells what nobody was told yet, by mail and webhook; what fails is tried again. */
async function tellAlerts(): Promise<void> {
  const { HOWDAH_SMTP_URL, HOWDAH_ALERT_TO, HOWDAH_WEBHOOK_URL } = env();
  const hasMail = HOWDAH_SMTP_URL !== undefined && HOWDAH_ALERT_TO !== undefined;
  if (!hasMail && HOWDAH_WEBHOOK_URL === undefined) return;
  const alerts = await claimUntold();
  if (alerts.length === 0) return;
  const ways = [
    ...(hasMail ? [sendAlertMail] : []),
    ...(HOWDAH_WEBHOOK_URL === undefined ? [] : [postWebhook]),
  ];
  const results = await Promise.allSettled(ways.map((tell) => tell(alerts)));
  const problems = results.flatMap((result) =>
    result.status === 'rejected' ? [errorText(result.reason)] : [],
  );
  for (const problem of problems) console.error(`howdah: an alert could not be told: ${problem}`);
  await recordTold(
    alerts.map(({ id }) => id),
    problems.length === 0 ? null : problems.join(' '),
  );
}
