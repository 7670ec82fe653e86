import 'server-only';
import { sql } from 'kysely';
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
import type { Origin, Via } from '../server';
import { store } from './db';
import { instanceId } from './instances';

/** Who does what is recorded: an actor, somebody who signs in, or a part of Howdah (`userId` is null then). */
export type Doer = { userId: string | null; username: string; via: Via; origin: Origin };

/** What is done, and on what. `detail` must hold no secret. */
export type AuditEvent = {
  action: AuditAction;
  subject: AuditSubject;
  server?: string;
  database?: string;
  detail?: AuditDetail;
};

/** What came of it. `eventId` is the first row's id, where this is the second. */
export type AuditEnd = { result: AuditResult; errorCode?: ErrorCode; eventId?: string };

/** Commits one row of the audit log and answers its id. Rejects when it can't be written. */
export async function insertAuditRow(doer: Doer, event: AuditEvent, end: AuditEnd): Promise<string> {
  const id = uuidv7();
  const { action, subject, detail = {} } = event;
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
  const { at } = await store()
    .insertInto('audit_log')
    .values({ ...row, detail: sql<string>`${JSON.stringify(detail)}::jsonb` })
    .returning('at')
    .executeTakeFirstOrThrow();
  console.log(JSON.stringify({ audit: { at: at.toISOString(), ...row, detail } }));
  return id;
}

function kindOf({ userId, via }: Doer, action: AuditAction): AuditKind {
  if (auditActions[action] === 'security') return 'security';
  return userId === null || via === 'job' ? 'system' : 'user';
}
