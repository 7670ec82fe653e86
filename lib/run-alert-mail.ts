import 'server-only';
import nodemailer from 'nodemailer';
import { env } from './env';
import type { AlertRow } from './store/schema-backups';

const timeoutMs = 20_000;

/** Sends one mail about alerts to all of HOWDAH_ALERT_TO. Rejects when the mail server does not take it. */
export async function sendAlertMail(alerts: readonly AlertRow[]): Promise<void> {
  const { HOWDAH_SMTP_URL: url = '', HOWDAH_ALERT_FROM: from, HOWDAH_ALERT_TO: to = '' } = env();
  const transport = nodemailer.createTransport(
    { url, connectionTimeout: timeoutMs, socketTimeout: timeoutMs },
    { disableFileAccess: true, disableUrlAccess: true },
  );
  try {
    await transport.sendMail({
      from,
      to: to.split(',').map((address) => address.trim()),
      subject: subjectOf(alerts),
      text: alerts.map(paragraphOf).join('\n\n'),
    });
  } finally {
    transport.close();
  }
}

/** Names come from servers, and a subject is one line. */
function subjectOf(alerts: readonly AlertRow[]): string {
  const [first] = alerts;
  const what =
    alerts.length === 1 && first
      ? `${first.kind}: ${first.server}/${first.database}`
      : `${alerts.length} alerts`;
  return `Howdah: backups: ${what.replace(/[\r\n]+/g, ' ')}`;
}

function paragraphOf({ kind, server, database, message, raised_at }: AlertRow): string {
  return `${server}/${database}: ${kind}, ${raised_at.toISOString()}\n${message}`;
}
