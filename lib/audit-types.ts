/** The words of the audit log, for pages and components. */

/**
 * Every action that is recorded, and whether it is about who may get in: then it is a security event, whoever does it.
 * All others are user actions, or system events where Howdah acts of itself. The only table of its kind.
 */
export const auditActions = {
  'session.sign-in': 'security',
  'session.sign-out': 'security',
  'session.revoke': 'security',
  'access.refuse': 'security',
  'history.read': 'security',
  'history.export': 'security',
  'audit.read': 'security',
  'audit.export': 'security',
  'user.set-up': 'security',
  'user.invite': 'security',
  'user.accept-invite': 'security',
  'user.create': 'security',
  'user.update': 'security',
  'user.change-role': 'security',
  'user.disable': 'security',
  'user.enable': 'security',
  'user.delete': 'security',
  'user.change-password': 'security',
  'user.reset-password': 'security',
  'access.grant': 'security',
  'access.revoke': 'security',
  'api-key.create': 'security',
  'api-key.revoke': 'security',
  'oidc.link': 'security',
  'seals.verify': 'work',
  'seals.broken': 'security',
  'store.migrate': 'work',
  'instance.start': 'work',
  'server.enrol': 'work',
  'server.update': 'work',
  'server.disable': 'work',
  'server.enable': 'work',
  'server.remove': 'work',
  'server.change-credentials': 'security',
  'server.draft-roles': 'security',
  'wall.choose': 'security',
  'wall.try': 'security',
  'query.cancel': 'work',
  'backend.cancel': 'work',
  'backend.terminate': 'work',
  'maintenance.run': 'work',
  'settings.change': 'work',
  'wall.sync': 'work',
  'backup.take': 'work',
  'backup.run': 'work',
  'backup.verify': 'work',
  'backup.prove': 'work',
  'backup.check': 'work',
  'backup.expire': 'work',
  'backup.download': 'security',
  'backup.delete': 'work',
  'backup.schedule': 'work',
  'restore.request': 'work',
  'restore.run': 'work',
  'job.cancel': 'work',
  'job.interrupt': 'work',
  'data.export': 'security',
  'data.import': 'work',
  'data.edit': 'work',
  'grid.arrange': 'work',
} as const satisfies Record<string, 'security' | 'work'>;

export type AuditAction = keyof typeof auditActions;
export type AuditKind = 'user' | 'system' | 'security';

/** `started` is the row of work that is under way; `refused` that somebody lacked the right. */
export type AuditResult = 'started' | 'succeeded' | 'failed' | 'refused';

/** What an event is about: `server demo`, `backup 0198…`. */
export type AuditSubject = { kind: string; name: string };

/** Small facts about an event. Secrets are removed before they are written. */
export type AuditDetail = { [name: string]: AuditValue };
export type AuditValue = string | number | boolean | null | AuditValue[] | AuditDetail;

/** One event as the API answers it. `result` is `unknown` where a process died over it. */
export type AuditEntry = {
  id: string;
  kind: AuditKind;
  action: AuditAction;
  result: AuditResult | 'unknown';
  error_code: string | null;
  user: string;
  via: string;
  subject_kind: string;
  subject: string;
  server: string | null;
  database: string | null;
  address: string | null;
  user_agent: string | null;
  detail: AuditDetail;
  at: string;
  ended_at: string | null;
};

/** What the last verification of a log found. */
export type Verification = {
  log: 'history' | 'audit';
  at: string;
  ok: boolean;
  checked: number;
  first_bad: string | null;
};

/** How far the logs are sealed, and when they were last verified. */
export type SealState = {
  head: { height: number; hash: string } | null;
  sealed_at: string | null;
  verifications: Verification[];
};
