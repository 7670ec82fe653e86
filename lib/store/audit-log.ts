import 'server-only';
import { sql, type Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import {
  type AuditAction,
  type AuditDetail,
  type AuditKind,
  type AuditResult,
  type AuditSubject,
  auditActions,
} from '../audit-types';
import type { ErrorCode } from '../errors';
import type { ActorKey, Origin, Via } from '../server';
import { store } from './db';
import { instanceId } from './instances';
import { markOf } from './mark';
import type { Store } from './schema';

/** Who does what is recorded: an actor, somebody who signs in, or a part of Howdah (`userId` is null then). */
export type Doer = { userId: string | null; username: string; via: Via; origin: Origin; key?: ActorKey };

/** What is done, and on what. `detail` must hold no secret. */
export type AuditEvent = {
  action: AuditAction;
  subject: AuditSubject;
  server?: string;
  database?: string;
  detail?: AuditDetail;
};

/** What came of it. `eventId` is the first row's id, where this is the second. */
export type AuditEnd = {
  result: AuditResult;
  errorCode?: ErrorCode;
  eventId?: string;
  /** The transaction that does what the row says: both are committed, or neither. */
  within?: Transaction<Store>;
};

/** Commits one row of the audit log and answers its id. Rejects when it can't be written. */
export async function insertAuditRow(doer: Doer, event: AuditEvent, end: AuditEnd): Promise<string> {
  const id = uuidv7();
  const { action, subject } = event;
  const detail = { ...event.detail, ...(doer.key === undefined ? {} : { key_id: doer.key.id }) };
  const row = {
    id,
    event_id: end.eventId ?? id,
    kind: kindOf(doer, action),
    action,
    result: end.result,
    error_code: end.errorCode ?? null,
    user_id: doer.userId,
    username: doer.username,
    via: doer.via,
    subject_kind: subject.kind,
    subject: subject.name,
    server: event.server ?? null,
    database: event.database ?? null,
    address: doer.origin.address,
    user_agent: doer.origin.userAgent,
    instance_id: instanceId(),
  };
  const { at } = await (end.within ?? store())
    .insertInto('audit_log')
    .values({ ...row, mark: markOf('audit_log', id), detail: sql<string>`${JSON.stringify(detail)}::jsonb` })
    .returning('at')
    .executeTakeFirstOrThrow();
  // For whoever collects the output of Howdah; a command's output is read by the person who typed it.
  if (doer.via !== 'console')
    console.log(JSON.stringify({ audit: { at: at.toISOString(), ...row, detail } }));
  return id;
}

/** When an event of this action about this subject was last begun, null for never. */
export async function findLastEvent(action: AuditAction, subject: string): Promise<{ at: Date } | null> {
  const row = await store()
    .selectFrom('audit_log')
    .select('at')
    .where('action', '=', action)
    .where('subject', '=', subject)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** Whether the same was recorded of somebody in the last `minutes`. */
export async function hasRecent({ username }: Doer, event: AuditEvent, minutes: number): Promise<boolean> {
  const row = await store()
    .selectFrom('audit_log')
    .select('id')
    .where('username', '=', username)
    .where('id', '>=', sql<string>`uuid_at(now() - make_interval(mins => ${minutes}))`)
    .where('action', '=', event.action)
    .where('subject', '=', event.subject.name)
    .where(sql`server`, 'is not distinct from', event.server ?? null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function kindOf({ userId, via }: Doer, action: AuditAction): AuditKind {
  if (auditActions[action] === 'security') return 'security';
  return userId === null || via === 'job' ? 'system' : 'user';
}
