import pg from 'pg';
import type { Actor } from '../server';
import { actorOf, type Fixture, openFixture } from './fixture';

/** A fixture with its admin, and the session of an application that works in its target database too. */
export type Shop = Fixture & { admin: Actor; app: pg.Client; appPid: number };

/** Opens them; closing the one closes both. */
export async function openShop(): Promise<Shop> {
  const fixture = await openFixture('');
  const app = new pg.Client({ connectionString: fixture.target.url, application_name: 'shop' });
  await app.connect();
  const { rows } = await app.query<{ pid: number }>('select pg_backend_pid() as pid');
  return {
    ...fixture,
    admin: await actorOf('admin'),
    app,
    appPid: rows[0]?.pid ?? 0,
    async close() {
      await app.end();
      await fixture.close();
    },
  };
}
