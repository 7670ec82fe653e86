import 'server-only';
import { audited, recordEvent } from './audited';
import { AppError } from './errors';
import { listDatabases } from './postgres/catalog/databases';
import { listSchemaGrants } from './postgres/catalog/grants';
import { proposeMasks } from './postgres/catalog/masked';
import { findFreeRoles, newLogin } from './postgres/provision';
import { provisionScript } from './postgres/provision-steps';
import { openTarget, withControlConnection } from './postgres/target';
import { endpointOfUrl, enrolServer, type NewServer } from './run-enrol';
import { refreshWall, writeGrantScript } from './run-wall';
import type { Actor } from './server';
import { storeIdentity } from './store/identity';
import { defaultBudget, findServer, grantAccess, isSlugTaken } from './store/servers';
import { listChoices, putChoice } from './store/walls';
import type { DatabaseChoice, EnrolProgress, Mask, WallReport } from './wall-types';

/** A database's choice beside what could be chosen. */
export type ChoiceOffer = DatabaseChoice & { all_schemas: string[]; proposed_masks: Mask[] };

/** Enrols a new server for the actor, who may then work on it as owner. Throws AppError `conflict` for a taken slug. */
export async function addServer(actor: Actor, server: NewServer, tell?: (progress: EnrolProgress) => void) {
  if (await isSlugTaken(server.slug)) {
    throw new AppError('conflict', `There is a server with the slug "${server.slug}".`, {
      hint: 'Choose another slug.',
    });
  }
  const { slug, name, environment } = server;
  const event = { action: 'server.enrol', subject: { kind: 'server', name: slug }, server: slug } as const;
  const roles = 'url' in server ? await findFreeRoles(endpointOfUrl(server.url, server.ca), slug) : undefined;
  return audited(actor, { ...event, detail: { name, environment } }, async (note) => {
    const enrolled = await enrolServer({ ...server, roles }, tell);
    await grantAccess(actor.userId, enrolled.id, 'owner');
    note({ levels: enrolled.levels.map(({ level, verdict }) => `${level}: ${verdict}`) });
    return enrolled;
  });
}

/** Synchronises a server's grants and tries its wall, now. Throws AppError. */
export async function retryWall(actor: Actor, slug: string): Promise<WallReport> {
  const { id } = await findServer(actor, slug);
  const event = { action: 'wall.try', subject: { kind: 'server', name: slug }, server: slug } as const;
  return audited(actor, event, () => refreshWall(id));
}

/** Puts a database's choice in place of the one before, and brings the server to it. Throws AppError. */
export async function chooseDatabase(
  actor: Actor,
  slug: string,
  choice: DatabaseChoice,
): Promise<WallReport> {
  const server = await findServer(actor, slug);
  const outside = choice.masks.find(({ schema }) => !choice.schemas.includes(schema));
  if (outside !== undefined) {
    throw new AppError('invalid', `The schema ${outside.schema} has a mask and is not chosen.`, {
      hint: 'Choose the schema as well: what is not chosen is closed without a mask.',
    });
  }
  const { database, schemas, masks } = choice;
  const subject = { kind: 'database', name: database };
  const masked = masks.map(({ schema, relation, column }) => `${schema}.${relation}.${column}`);
  const event = { action: 'wall.choose', subject, server: slug, database } as const;
  return audited(actor, { ...event, detail: { schemas, masked } }, async () => {
    await putChoice(server.id, choice);
    return refreshWall(server.id);
  });
}

/** What is chosen on a server and what could be, by database, as its owner sees it. Throws AppError. */
export async function offerChoices(actor: Actor, slug: string): Promise<ChoiceOffer[]> {
  const server = await findServer(actor, slug);
  const known = await listChoices(server.id);
  const level = server.login('owner') === null ? 'read' : 'owner';
  const identity = await storeIdentity();
  const open = (database: string) => openTarget(actor, server, database, level);
  const databases = await withControlConnection(open(server.defaultDatabase), (client) =>
    listDatabases(client, identity),
  );
  const offers: ChoiceOffer[] = [];
  for (const { name: database } of databases) {
    const chosen = known.find((choice) => choice.database === database);
    const offer = await withControlConnection(open(database), async (client) => ({
      all_schemas: (await listSchemaGrants(client, [])).map(({ name }) => name),
      proposed_masks: await proposeMasks(client),
    }));
    offers.push({ database, schemas: chosen?.schemas ?? [], masks: chosen?.masks ?? [], ...offer });
  }
  return offers;
}

/** The grants that are missing on a server as a script for psql. Throws AppError. */
export async function readGrantScript(actor: Actor, slug: string): Promise<string> {
  return writeGrantScript((await findServer(actor, slug)).id);
}

/**
 * The script with which a DBA makes the roles of a server that is not enrolled yet, and the passwords that it holds the
 * verifiers of. They are kept nowhere.
 */
export async function draftRoles(actor: Actor, choices: DatabaseChoice[], suffix: string) {
  const databases = choices.map(({ database }) => database);
  const event = { action: 'server.draft-roles', subject: { kind: 'script', name: 'roles' } } as const;
  await recordEvent(actor, { ...event, detail: { databases } }, { result: 'succeeded' });
  const logins = { read: newLogin('read', suffix), write: newLogin('write', suffix) };
  return { script: provisionScript(logins, defaultBudget, choices), logins };
}
