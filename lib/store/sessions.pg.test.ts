import { afterAll, beforeAll, expect, test } from 'vitest';
import { nowhere } from '../origin';
import { actorOf, type Fixture, openFixture } from '../testing/fixture';
import { findServer } from './servers';
import { findSessionActor, openSession } from './sessions';

let fixture: Fixture;
let token: string;

beforeAll(async () => {
  fixture = await openFixture('select 1');
  const { userId } = await actorOf('developer');
  token = await openSession(userId, { address: null, userAgent: null });
});
afterAll(() => fixture.close());

async function actorFor(server: string | null) {
  const actor = await findSessionActor(token, nowhere, server);
  if (actor === null) throw new Error('the session is not known');
  return actor;
}

test('the server that a request is about comes along, the same as when it is looked up', async () => {
  const [along, alone] = [await actorFor('demo'), await actorFor(null)];
  expect(along).toEqual(alone);
  const [one, other] = [await findServer(along, 'demo'), await findServer(alone, 'demo')];
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  expect(one.login('read')).toEqual(other.login('read'));
  await expect(findServer(along, 'another')).rejects.toMatchObject({ code: 'not_found' });
});

test('one that is disabled or not granted does not come along', async () => {
  await fixture.onStore.query('update servers set disabled_at = now()');
  await expect(findServer(await actorFor('demo'), 'demo')).rejects.toMatchObject({ code: 'not_found' });
  await fixture.onStore.query('update servers set disabled_at = null');
  await fixture.onStore.query('delete from server_access where user_id = $1', [
    (await actorOf('developer')).userId,
  ]);
  await expect(findServer(await actorFor('demo'), 'demo')).rejects.toMatchObject({ code: 'not_found' });
});

test('requests that come at once each get their own', async () => {
  const unknown = findSessionActor('no such token', nowhere, 'demo');
  const [first, second] = await Promise.all([actorFor(null), actorFor('demo')]);
  expect(first).toEqual(second);
  expect(first).not.toBe(second);
  expect(await unknown).toBeNull();
});
